import type {
  GetResourcesInput,
  GetResourcesOutput,
  ResourceTagMapping,
} from '@aws-sdk/client-resource-groups-tagging-api'
import * as tagging from '@aws-sdk/client-resource-groups-tagging-api'
import { ownEntry } from '../own-entry.ts'
import { accepting, notImplemented } from '../protocol/accepting.ts'
import { pageOf } from '../protocol/paging.ts'
import { type Call, errorsWithMessage, operationSchemas, type Service } from '../protocol/service.ts'
import { ServiceError } from '../protocol/service-error.ts'
import type { LambdaView, TaggedFunction } from './tagged-functions.ts'

/** GetResources of the tagging API, for functions. */
export function taggingService(view: LambdaView): Service {
  return {
    signingName: 'tagging',
    protocol: {
      kind: 'awsJson',
      version: '1.1',
      target: 'ResourceGroupsTaggingAPI_20170126',
      capitalised: errorsWithMessage(tagging),
    },
    schemas: operationSchemas(tagging),
    operations: {
      GetResources: accepting<GetResourcesInput>(
        ['TagFilters', 'ResourceTypeFilters', 'ResourcesPerPage', 'PaginationToken'],
        (input, call) => getResources(view, input, call),
      ),
    },
  }
}

async function getResources(
  view: LambdaView,
  { TagFilters = [], ResourceTypeFilters = [], ResourcesPerPage = 100, PaginationToken }: GetResourcesInput,
  call: Call,
): Promise<GetResourcesOutput> {
  for (const type of ResourceTypeFilters) {
    if (type !== 'lambda' && type !== 'lambda:function') throw notImplemented(`the resource type ${type}`)
  }
  const functions = await view.functions(call)
  // The real API, too, knows no resource that never had a tag.
  const tagged = functions.filter(({ tags }) => Object.keys(tags).length > 0 && fits(tags, TagFilters))
  const { items, next } = pageOf(tagged, ({ arn }) => arn, {
    size: ResourcesPerPage,
    token: PaginationToken || undefined,
    invalidToken: () => new ServiceError('PaginationTokenExpiredException', 400, 'The token is invalid'),
  })
  return { PaginationToken: next ?? '', ResourceTagMappingList: items.map(mappingOf) }
}

function mappingOf({ arn, tags }: TaggedFunction): ResourceTagMapping {
  return { ResourceARN: arn, Tags: Object.entries(tags).map(([Key, Value]) => ({ Key, Value })) }
}

/** Every filter has to fit, by any of its values; a filter without values fits any. */
function fits(tags: TaggedFunction['tags'], filters: NonNullable<GetResourcesInput['TagFilters']>): boolean {
  return filters.every(({ Key = '', Values = [] }) => {
    const value = ownEntry(tags, Key)
    return value !== undefined && (Values.length === 0 || Values.includes(value))
  })
}

import type { Tags } from '../../ports/tags.ts'
import type { Connection } from '../client/connection.ts'
import { loadService } from '../client/load-service.ts'

/** Functions by their tags, over the Resource Groups Tagging API. */
export function taggingApi(connection: Connection): Tags {
  const api = loadService(
    connection,
    'Resource Groups Tagging API',
    () => import('@aws-sdk/client-resource-groups-tagging-api'),
    ({ ResourceGroupsTaggingAPIClient }, config) => new ResourceGroupsTaggingAPIClient(config),
  )
  return {
    async functions(tags) {
      const { pages, sdk } = await api()
      const found = await pages('find functions by their tags', sdk.paginateGetResources, {
        ResourceTypeFilters: ['lambda:function'],
        TagFilters: Object.entries(tags).map(([Key, value]) => ({ Key, Values: [value] })),
      })
      return found
        .flatMap(({ ResourceTagMappingList = [] }) => ResourceTagMappingList)
        .map(({ ResourceARN = '', Tags = [] }) => ({
          lambdaName: ResourceARN.split(':')[6] ?? '',
          tags: Object.fromEntries(Tags.map(({ Key = '', Value = '' }) => [Key, Value])),
        }))
    },
  }
}

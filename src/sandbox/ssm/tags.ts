import type {
  AddTagsToResourceRequest,
  ListTagsForResourceRequest,
  ListTagsForResourceResult,
  RemoveTagsFromResourceRequest,
  Tag,
} from '@aws-sdk/client-ssm'
import { accepting } from '../protocol/accepting.ts'
import type { Call, Operations } from '../protocol/service.ts'
import { ServiceError } from '../protocol/service-error.ts'
import type { Parameter, ParameterStore } from './parameter.ts'

/** The most tags of a parameter. */
const mostTags = 50

export function tagOperations(store: ParameterStore): Operations {
  const named = ['ResourceType', 'ResourceId'] as const
  return {
    AddTagsToResource: accepting<AddTagsToResourceRequest>([...named, 'Tags'], (input, call) => {
      const parameter = requireTagged(store, input, call)
      const tags = { ...parameter.tags, ...tagsIn(input.Tags ?? []) }
      if (Object.keys(tags).length > mostTags) throw tooManyTags()
      store.put(call, { ...parameter, tags })
      return {}
    }),
    ListTagsForResource: accepting<ListTagsForResourceRequest>(
      [...named],
      (input, call): ListTagsForResourceResult => {
        const { tags = {} } = requireTagged(store, input, call)
        return { TagList: Object.entries(tags).map(([Key, Value]) => ({ Key, Value })) }
      },
    ),
    RemoveTagsFromResource: accepting<RemoveTagsFromResourceRequest>([...named, 'TagKeys'], (input, call) => {
      const parameter = requireTagged(store, input, call)
      const removed = input.TagKeys ?? []
      const rest = Object.entries(parameter.tags ?? {}).filter(([key]) => !removed.includes(key))
      store.put(call, { ...parameter, tags: Object.fromEntries(rest) })
      return {}
    }),
  }
}

/** @throws ServiceError 400; 501 for another resource of Systems Manager */
function requireTagged(
  store: ParameterStore,
  { ResourceType, ResourceId = '' }: ListTagsForResourceRequest,
  call: Call,
): Parameter {
  if (ResourceType !== 'Parameter') {
    throw new ServiceError(
      'NotImplemented',
      501,
      `The sandbox does not have resources of the type ${ResourceType}.`,
    )
  }
  const found = store.find(call, ResourceId)
  if (found) return found
  throw new ServiceError(
    'InvalidResourceId',
    400,
    'The resource ID is not valid. Verify that you entered the correct ID and try again.',
  )
}

/** @throws ServiceError 400 */
export function tagsIn(tags: readonly Tag[]): Record<string, string> {
  if (tags.length > mostTags) throw tooManyTags()
  return Object.fromEntries(tags.map(({ Key = '', Value = '' }) => [Key, Value]))
}

function tooManyTags(): ServiceError {
  const message = `The Targets parameter includes too many tags. A parameter has at most ${mostTags}.`
  return new ServiceError('TooManyTagsError', 400, message)
}

import type {
  ListTagsForResourceRequest,
  ListTagsForResourceResponse,
  ListTagsLogGroupRequest,
  ListTagsLogGroupResponse,
  TagLogGroupRequest,
  TagResourceRequest,
  UntagLogGroupRequest,
  UntagResourceRequest,
} from '@aws-sdk/client-cloudwatch-logs'
import type { Operations } from '../protocol/service.ts'
import { ServiceError } from '../protocol/service-error.ts'
import type { LogStore } from './log-store.ts'
import { checkGroupName } from './names.ts'
import type { Group } from './stored-group.ts'

type Tags = Readonly<Record<string, string>>

const mostTags = 50

/** The tags of groups, by the ARN and by the older operations with the name. */
export function tagOperations(store: LogStore): Operations {
  const named = (name: string | undefined) => store.group(checkGroupName(name))
  const byArn = (arn: string | undefined) => named(nameIn(arn))
  return {
    TagResource: ({ resourceArn, tags }: TagResourceRequest) => tag(store, byArn(resourceArn), tags),
    TagLogGroup: ({ logGroupName, tags }: TagLogGroupRequest) => tag(store, named(logGroupName), tags),
    UntagResource: ({ resourceArn, tagKeys }: UntagResourceRequest) =>
      untag(store, byArn(resourceArn), tagKeys),
    UntagLogGroup: ({ logGroupName, tags }: UntagLogGroupRequest) => untag(store, named(logGroupName), tags),
    ListTagsForResource: ({ resourceArn }: ListTagsForResourceRequest): ListTagsForResourceResponse => ({
      tags: { ...byArn(resourceArn).tags },
    }),
    ListTagsLogGroup: ({ logGroupName }: ListTagsLogGroupRequest): ListTagsLogGroupResponse => ({
      tags: { ...named(logGroupName).tags },
    }),
  }
}

function tag(store: LogStore, group: Group, tags: Tags = {}): object {
  store.change(group, { tags: checkTags({ ...group.tags, ...tags }) })
  return {}
}

function untag(store: LogStore, group: Group, keys: readonly string[] = []): object {
  const kept = Object.entries(group.tags ?? {}).filter(([key]) => !keys.includes(key))
  store.change(group, { tags: Object.fromEntries(kept) })
  return {}
}

/** @throws ServiceError for more tags than a group may have */
export function checkTags(tags: Tags): Tags {
  if (Object.keys(tags).length <= mostTags) return tags
  throw new ServiceError('TooManyTagsException', 400, `A log group has at most ${mostTags} tags.`)
}

/** The ARN of a group for its tags has no `:*` at its end. */
function nameIn(arn = ''): string {
  const match = /^arn:[^:]+:logs:[^:]+:\d{12}:log-group:([^:]+)$/.exec(arn)
  if (!match) throw new ServiceError('ValidationException', 400, 'Invalid resourceArn')
  return match[1] ?? ''
}

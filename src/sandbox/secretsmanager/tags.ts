import type { Tag, TagResourceRequest, UntagResourceRequest } from '@aws-sdk/client-secrets-manager'
import { accepting } from '../protocol/accepting.ts'
import type { Operations } from '../protocol/service.ts'
import { refusal } from './errors.ts'
import type { SecretStore } from './store.ts'

export function tagOperations(store: SecretStore): Operations {
  return {
    TagResource: accepting<TagResourceRequest>(['SecretId', 'Tags'], (input, call) => {
      const secret = store.requireLive(call, input.SecretId)
      store.put({ ...secret, tags: checked({ ...secret.tags, ...tagsIn(input.Tags ?? []) }) })
      return {}
    }),
    UntagResource: accepting<UntagResourceRequest>(['SecretId', 'TagKeys'], (input, call) => {
      const secret = store.requireLive(call, input.SecretId)
      const removed = input.TagKeys ?? []
      const rest = Object.entries(secret.tags ?? {}).filter(([key]) => !removed.includes(key))
      store.put({ ...secret, tags: Object.fromEntries(rest) })
      return {}
    }),
  }
}

/** @throws ServiceError 400 */
export function tagsIn(tags: readonly Tag[]): Record<string, string> {
  return checked(Object.fromEntries(tags.map(({ Key = '', Value = '' }) => [Key, Value])))
}

function checked(tags: Record<string, string>): Record<string, string> {
  const keys = Object.keys(tags)
  if (keys.length > 50)
    throw refusal('InvalidParameterException', 'The number of tags exceeds the limit of 50.')
  if (keys.some((key) => key.startsWith('aws:'))) {
    throw refusal('InvalidParameterException', 'The tag key cannot start with aws:')
  }
  return tags
}

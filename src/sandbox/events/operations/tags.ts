import type {
  ListTagsForResourceRequest,
  ListTagsForResourceResponse,
  Tag,
  TagResourceRequest,
  UntagResourceRequest,
} from '@aws-sdk/client-eventbridge'
import type { Operations } from '../../protocol/service.ts'
import { ServiceError } from '../../protocol/service-error.ts'
import type { RuleBook } from '../rules/records.ts'

type Tags = Readonly<Record<string, string>>

export function tagOperations(book: RuleBook): Operations {
  return {
    TagResource: ({ ResourceARN = '', Tags = [] }: TagResourceRequest) => {
      change(book, ResourceARN, (tags) => ({ ...tags, ...tagsIn(Tags) }))
      return {}
    },
    UntagResource: ({ ResourceARN = '', TagKeys = [] }: UntagResourceRequest) => {
      change(book, ResourceARN, (tags) =>
        Object.fromEntries(Object.entries(tags).filter(([key]) => !TagKeys.includes(key))),
      )
      return {}
    },
    ListTagsForResource: ({ ResourceARN = '' }: ListTagsForResourceRequest): ListTagsForResourceResponse => {
      const found = book.rules.get(ResourceARN) ?? book.buses.get(ResourceARN)
      if (!found) throw noResource(ResourceARN)
      return { Tags: Object.entries(found.tags).map(([Key, Value]) => ({ Key, Value })) }
    },
  }
}

function change({ rules, buses }: RuleBook, arn: string, changed: (tags: Tags) => Tags): void {
  const rule = rules.get(arn)
  const bus = buses.get(arn)
  if (rule) rules.set(arn, { ...rule, tags: changed(rule.tags) })
  else if (bus) buses.set(arn, { ...bus, tags: changed(bus.tags) })
  else throw noResource(arn)
}

function noResource(arn: string): ServiceError {
  return new ServiceError('ResourceNotFoundException', 400, `Resource ${arn} does not exist.`)
}

export function tagsIn(tags: readonly Tag[] = []): Record<string, string> {
  return Object.fromEntries(tags.map(({ Key = '', Value = '' }) => [Key, Value]))
}

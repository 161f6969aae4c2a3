import type {
  ListTagsForResourceRequest,
  ListTagsForResourceResponse,
  Tag,
  TagResourceRequest,
  UntagResourceRequest,
} from '@aws-sdk/client-sns'
import type { Operations } from '../../protocol/service.ts'
import { ServiceError } from '../../protocol/service-error.ts'
import type { TopicBook } from '../topics/records.ts'
import { taggedTopic } from './requested.ts'

/** SNS's limit of tags of a topic. */
const mostTags = 50

export function tagOperations(book: TopicBook): Operations {
  return {
    TagResource: ({ ResourceArn, Tags = [] }: TagResourceRequest) => {
      const topic = taggedTopic(book, ResourceArn)
      const tags = { ...topic.tags, ...tagsIn(Tags) }
      checkTags(tags)
      book.topics.set(topic.arn, { ...topic, tags })
      return {}
    },
    UntagResource: ({ ResourceArn, TagKeys = [] }: UntagResourceRequest) => {
      const topic = taggedTopic(book, ResourceArn)
      const kept = Object.entries(topic.tags).filter(([key]) => !TagKeys.includes(key))
      book.topics.set(topic.arn, { ...topic, tags: Object.fromEntries(kept) })
      return {}
    },
    ListTagsForResource: ({ ResourceArn }: ListTagsForResourceRequest): ListTagsForResourceResponse => ({
      Tags: Object.entries(taggedTopic(book, ResourceArn).tags).map(([Key, Value]) => ({ Key, Value })),
    }),
  }
}

export function tagsIn(tags: readonly Tag[]): Record<string, string> {
  return Object.fromEntries(tags.map(({ Key = '', Value = '' }) => [Key, Value]))
}

/** @throws ServiceError 400 */
export function checkTags(tags: Readonly<Record<string, string>>): void {
  if (Object.keys(tags).length > mostTags)
    throw new ServiceError(
      'TagLimitExceededException',
      400,
      'Could not complete request: tag quota of per resource exceeded',
    )
}

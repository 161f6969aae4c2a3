import type {
  ListQueueTagsRequest,
  ListQueueTagsResult,
  TagQueueRequest,
  UntagQueueRequest,
} from '@aws-sdk/client-sqs'
import type { Operations } from '../../protocol/service.ts'
import { invalidParameter, missingParameter } from '../queues/errors.ts'
import type { QueueStore } from '../queues/store.ts'
import { requestedQueue } from './requested-queue.ts'

/** SQS's limit of tags of a queue. */
const mostTags = 50

export function tagOperations(store: QueueStore): Operations {
  return {
    TagQueue: ({ QueueUrl, Tags }: TagQueueRequest, call) => {
      const queue = requestedQueue(store, call, QueueUrl)
      if (!Tags) throw missingParameter('Tags')
      const tags = { ...queue.record.tags, ...Tags }
      checkTags(tags)
      store.change(queue, { tags })
      return {}
    },
    UntagQueue: ({ QueueUrl, TagKeys = [] }: UntagQueueRequest, call) => {
      const queue = requestedQueue(store, call, QueueUrl)
      const kept = Object.entries(queue.record.tags).filter(([key]) => !TagKeys.includes(key))
      store.change(queue, { tags: Object.fromEntries(kept) })
      return {}
    },
    ListQueueTags: ({ QueueUrl }: ListQueueTagsRequest, call): ListQueueTagsResult => {
      const { tags } = requestedQueue(store, call, QueueUrl).record
      return Object.keys(tags).length > 0 ? { Tags: { ...tags } } : {}
    },
  }
}

/** @throws ServiceError 400 */
export function checkTags(tags: Readonly<Record<string, string>>): void {
  if (Object.keys(tags).length > mostTags) throw invalidParameter('Too many tags added for queue.')
}

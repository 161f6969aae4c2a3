import type {
  DeleteQueueRequest,
  GetQueueUrlRequest,
  GetQueueUrlResult,
  ListDeadLetterSourceQueuesRequest,
  ListDeadLetterSourceQueuesResult,
  ListQueuesRequest,
  ListQueuesResult,
  PurgeQueueRequest,
} from '@aws-sdk/client-sqs'
import { pageOf } from '../../protocol/paging.ts'
import type { Call, Operations } from '../../protocol/service.ts'
import { ServiceError } from '../../protocol/service-error.ts'
import { invalidParameter, missingParameter, noQueue } from '../queues/errors.ts'
import type { Queue } from '../queues/queue.ts'
import { queueArn, redriveOf } from '../queues/queue-record.ts'
import type { QueueStore } from '../queues/store.ts'
import { queueUrl, requestedQueue } from './requested-queue.ts'

/** SQS empties a queue once in this time, milliseconds. */
const purgeEveryMs = 60_000

export function queueOperations(store: QueueStore, clock: () => number): Operations {
  const purged = new WeakMap<Queue, number>()
  return {
    GetQueueUrl: (
      { QueueName, QueueOwnerAWSAccountId: owner }: GetQueueUrlRequest,
      call,
    ): GetQueueUrlResult => {
      if (!QueueName) throw missingParameter('QueueName')
      const isOwn = owner === undefined || owner === call.account
      const queue = isOwn ? store.find(call.region, QueueName) : undefined
      if (!queue) throw noQueue()
      return { QueueUrl: queueUrl(call, queue.record) }
    },
    ListQueues: (input: ListQueuesRequest, call): ListQueuesResult => {
      const { QueueNamePrefix: prefix = '' } = input
      const { urls, next } = listed(
        store.in(call.region).filter(({ record }) => record.name.startsWith(prefix)),
        input,
        call,
      )
      return { ...(urls.length > 0 && { QueueUrls: urls }), ...(next !== undefined && { NextToken: next }) }
    },
    ListDeadLetterSourceQueues: (
      input: ListDeadLetterSourceQueuesRequest,
      call,
    ): ListDeadLetterSourceQueuesResult => {
      const arn = queueArn(requestedQueue(store, call, input.QueueUrl).record)
      const sources = store
        .in(call.region)
        .filter(({ record }) => redriveOf(record)?.deadLetterTargetArn === arn)
      const { urls, next } = listed(sources, input, call)
      return { queueUrls: urls, ...(next !== undefined && { NextToken: next }) }
    },
    DeleteQueue: ({ QueueUrl }: DeleteQueueRequest, call) => {
      store.delete(requestedQueue(store, call, QueueUrl))
      return {}
    },
    PurgeQueue: ({ QueueUrl }: PurgeQueueRequest, call) => {
      const queue = requestedQueue(store, call, QueueUrl)
      const last = purged.get(queue)
      if (last !== undefined && clock() - last < purgeEveryMs) throw tooSoon(queue)
      purged.set(queue, clock())
      for (const entry of queue.all()) queue.remove(entry)
      return {}
    },
  }
}

type Asked = Pick<ListQueuesRequest, 'MaxResults' | 'NextToken'>

/** SQS gives a page only to those who ask for a size; all others get up to a thousand. */
function listed(queues: readonly Queue[], { MaxResults: size = 1000, NextToken: token }: Asked, call: Call) {
  if (size < 1 || size > 1000) throw wrongSize()
  const { items, next } = pageOf(queues, ({ record }) => record.name, { size, token, invalidToken })
  return { urls: items.map(({ record }) => queueUrl(call, record)), next }
}

function invalidToken(): ServiceError {
  return invalidParameter('Invalid or expired next token.')
}

function wrongSize(): ServiceError {
  const reason = 'MaxResults must be an integer between 1 and 1000.'
  return invalidParameter(`Value for parameter MaxResults is invalid. Reason: ${reason}`)
}

function tooSoon({ record }: Queue): ServiceError {
  const message = `Only one PurgeQueue operation on ${record.name} is allowed every 60 seconds.`
  return new ServiceError('PurgeQueueInProgress', 403, message)
}

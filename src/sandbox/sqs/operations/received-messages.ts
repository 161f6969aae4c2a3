import type {
  ChangeMessageVisibilityBatchRequest,
  ChangeMessageVisibilityRequest,
  DeleteMessageBatchRequest,
  DeleteMessageRequest,
} from '@aws-sdk/client-sqs'
import type { Operations } from '../../protocol/service.ts'
import { invalidValue, missingParameter } from '../queues/errors.ts'
import type { Queue } from '../queues/queue.ts'
import { isFifo } from '../queues/queue-record.ts'
import { heldBy } from '../queues/receipts.ts'
import type { QueueStore } from '../queues/store.ts'
import { eachOf } from './batches.ts'
import { requestedQueue } from './requested-queue.ts'

/** The operations on messages that somebody has received. */
export function receivedOperations(store: QueueStore, clock: () => number): Operations {
  return {
    DeleteMessage: ({ QueueUrl, ReceiptHandle }: DeleteMessageRequest, call) =>
      remove(requestedQueue(store, call, QueueUrl), ReceiptHandle, clock()),
    DeleteMessageBatch: ({ QueueUrl, Entries }: DeleteMessageBatchRequest, call) => {
      const queue = requestedQueue(store, call, QueueUrl)
      return eachOf('DeleteMessageBatch', Entries, (entry) => remove(queue, entry.ReceiptHandle, clock()))
    },
    ChangeMessageVisibility: (input: ChangeMessageVisibilityRequest, call) =>
      hide(requestedQueue(store, call, input.QueueUrl), input, clock()),
    ChangeMessageVisibilityBatch: ({ QueueUrl, Entries }: ChangeMessageVisibilityBatchRequest, call) => {
      const queue = requestedQueue(store, call, QueueUrl)
      return eachOf('ChangeMessageVisibilityBatch', Entries, (entry) => hide(queue, entry, clock()))
    },
  }
}

/** Deletes a message. A standard queue takes an earlier handle too, and a message that is gone is deleted already. */
function remove(queue: Queue, handle: string | undefined, now: number): object {
  if (!handle) throw missingParameter('ReceiptHandle')
  queue.wake(now)
  const { entry, isLast } = heldBy(queue, handle)
  if (!entry) return {}
  if (isFifo(queue.record) && !(isLast && entry.state === 'inFlight')) {
    throw invalidValue(handle, 'ReceiptHandle', 'The receipt handle has expired.')
  }
  queue.delete(entry)
  return {}
}

type Hidden = Partial<Pick<ChangeMessageVisibilityRequest, 'ReceiptHandle' | 'VisibilityTimeout'>>

/** Hides a received message for so many seconds from now on; 0 shows it at once. */
function hide(
  queue: Queue,
  { ReceiptHandle: handle, VisibilityTimeout: seconds }: Hidden,
  now: number,
): object {
  if (!handle) throw missingParameter('ReceiptHandle')
  if (seconds === undefined) throw missingParameter('VisibilityTimeout')
  if (seconds < 0 || seconds > 43_200) {
    throw invalidValue(
      seconds,
      'VisibilityTimeout',
      'VisibilityTimeout must be an integer between 0 and 43200.',
    )
  }
  queue.wake(now)
  const { entry, isLast } = heldBy(queue, handle)
  if (!entry || !isLast) {
    const reason = 'Message does not exist or is not available for visibility timeout change.'
    throw invalidValue(handle, 'ReceiptHandle', reason)
  }
  const delivery = { ...entry.delivery, visibleAt: now + seconds * 1000 }
  queue.deliver(entry, delivery, seconds === 0 ? 'ready' : 'inFlight')
  return {}
}

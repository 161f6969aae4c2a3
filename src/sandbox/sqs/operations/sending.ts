import type { SendMessageBatchRequest, SendMessageRequest } from '@aws-sdk/client-sqs'
import type { Operations } from '../../protocol/service.ts'
import { ServiceError } from '../../protocol/service-error.ts'
import { invalidParameter } from '../queues/errors.ts'
import { isFifo } from '../queues/queue-record.ts'
import type { QueueStore } from '../queues/store.ts'
import { eachOf } from './batches.ts'
import { keptAttributes } from './message-attributes.ts'
import { requestedQueue } from './requested-queue.ts'
import { checkedMessage, messageBytes, sendMessage } from './send-message.ts'

/** The most bytes of a batch, as of a message. */
const largestBatch = 1_048_576

export function sendOperations(store: QueueStore, clock: () => number): Operations {
  return {
    SendMessage: (input: SendMessageRequest, call) => {
      const queue = requestedQueue(store, call, input.QueueUrl)
      return sendMessage(store, queue, checkedMessage(queue, input, call), clock())
    },
    SendMessageBatch: ({ QueueUrl, Entries = [] }: SendMessageBatchRequest, call) => {
      const queue = requestedQueue(store, call, QueueUrl)
      // SQS refuses the whole batch for it, in other words than a single message.
      if (isFifo(queue.record) && Entries.some(({ MessageGroupId }) => !MessageGroupId)) {
        throw invalidParameter('The request must contain the parameter MessageGroupId.')
      }
      checkBytes(Entries)
      return eachOf('SendMessageBatch', Entries, (entry) =>
        sendMessage(store, queue, checkedMessage(queue, entry, call), clock()),
      )
    },
  }
}

function checkBytes(entries: NonNullable<SendMessageBatchRequest['Entries']>): void {
  const bytes = entries.reduce(
    (sum, { MessageBody: body = '', MessageAttributes }) =>
      sum + messageBytes({ body, attributes: keptAttributes(MessageAttributes) }),
    0,
  )
  if (bytes <= largestBatch) return
  const message = `Batch requests cannot be longer than ${largestBatch} bytes. You have sent ${bytes} bytes.`
  throw new ServiceError('BatchRequestTooLong', 400, message)
}

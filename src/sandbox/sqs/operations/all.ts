import * as sqs from '@aws-sdk/client-sqs'
import { accepting } from '../../protocol/accepting.ts'
import { type Operations, operationSchemas, queryErrorCodes, type Service } from '../../protocol/service.ts'
import { otherCodes } from '../queues/errors.ts'
import type { QueueStore } from '../queues/store.ts'
import { attributeOperations } from './attributes.ts'
import { createQueue } from './create-queue.ts'
import { queueOperations } from './list-queues.ts'
import { type AwaitMessage, receiveMessage } from './receive-message.ts'
import { receivedOperations } from './received-messages.ts'
import { requestedQueue } from './requested-queue.ts'
import { sendOperations } from './sending.ts'
import { tagOperations } from './tags.ts'

interface Dependencies {
  store: QueueStore
  clock: () => number
  awaitMessage: AwaitMessage
}

/** The operations of SQS with the schemas of its client. */
export function sqsOperations(given: Dependencies): Pick<Service, 'schemas' | 'operations' | 'queryCodes'> {
  return {
    schemas: operationSchemas(sqs),
    queryCodes: new Map([...queryErrorCodes(sqs), ...otherCodes]),
    operations: operations(given),
  }
}

function operations({ store, clock, awaitMessage }: Dependencies): Operations {
  return {
    ...attributeOperations(store, clock),
    ...queueOperations(store, clock),
    ...tagOperations(store),
    ...sendOperations(store, clock),
    ...receivedOperations(store, clock),
    CreateQueue: (input: sqs.CreateQueueRequest, call) => createQueue(store, input, call, clock()),
    ReceiveMessage: accepting<sqs.ReceiveMessageRequest>(
      [
        'QueueUrl',
        'AttributeNames',
        'MessageSystemAttributeNames',
        'MessageAttributeNames',
        'MaxNumberOfMessages',
        'VisibilityTimeout',
        'WaitTimeSeconds',
      ],
      (input, call) =>
        receiveMessage(store, requestedQueue(store, call, input.QueueUrl), input, { clock, awaitMessage }),
    ),
  }
}

import type {
  GetQueueAttributesRequest,
  GetQueueAttributesResult,
  SetQueueAttributesRequest,
} from '@aws-sdk/client-sqs'
import type { Operations } from '../../protocol/service.ts'
import { invalidAttribute, unknownAttribute } from '../queues/errors.ts'
import type { Queue } from '../queues/queue.ts'
import { isFifo, numberDefaults, queueArn } from '../queues/queue-record.ts'
import type { QueueStore } from '../queues/store.ts'
import { changedAttributes, checkRedrive } from './attribute-checks.ts'
import { requestedQueue } from './requested-queue.ts'

export function attributeOperations(store: QueueStore, clock: () => number): Operations {
  return {
    GetQueueAttributes: (input: GetQueueAttributesRequest, call) => {
      const queue = requestedQueue(store, call, input.QueueUrl)
      queue.wake(clock())
      return pick(allAttributes(queue), input.AttributeNames ?? [])
    },
    SetQueueAttributes: (input: SetQueueAttributesRequest, call) => {
      const queue = requestedQueue(store, call, input.QueueUrl)
      const { record } = queue
      const { FifoQueue, ...given } = input.Attributes ?? {}
      if (FifoQueue !== undefined) refuseKind(isFifo(record), FifoQueue)
      const attributes = changedAttributes(record.attributes, given)
      checkRedrive(store, call, { name: record.name, attributes })
      store.change(queue, { attributes, modified: Math.floor(clock() / 1000) })
      return {}
    },
  }
}

/** A queue stays of its kind; a FIFO queue may be told what it is. */
function refuseKind(isOfFifo: boolean, wanted: string): void {
  if (!isOfFifo) throw unknownAttribute('FifoQueue')
  if (wanted !== 'true') throw invalidAttribute('FifoQueue', 'Modifying queue type is not supported.')
}

const others = new Set([
  'All',
  'Policy',
  'RedrivePolicy',
  'RedriveAllowPolicy',
  'KmsMasterKeyId',
  'KmsDataKeyReusePeriodSeconds',
])

function pick(all: Readonly<Record<string, string>>, names: readonly string[]): GetQueueAttributesResult {
  const unknown = names.find((name) => !(name in all) && !others.has(name))
  if (unknown !== undefined) throw unknownAttribute(unknown)
  const wanted = Object.entries(all).filter(([name]) => names.includes('All') || names.includes(name))
  return wanted.length === 0 ? {} : { Attributes: Object.fromEntries(wanted) }
}

/** All attributes of a queue, those that SQS sets too. */
export function allAttributes({ record, counts }: Queue): Record<string, string> {
  const defaults = Object.entries(numberDefaults).map(([name, value]) => [name, String(value)])
  return {
    ...(Object.fromEntries(defaults) as Record<string, string>),
    SqsManagedSseEnabled: 'true',
    ...(isFifo(record) && {
      ContentBasedDeduplication: 'false',
      DeduplicationScope: 'queue',
      FifoThroughputLimit: 'perQueue',
    }),
    ...(record.attributes['KmsMasterKeyId'] !== undefined && { KmsDataKeyReusePeriodSeconds: '300' }),
    ...record.attributes,
    QueueArn: queueArn(record),
    CreatedTimestamp: String(record.created),
    LastModifiedTimestamp: String(record.modified),
    ApproximateNumberOfMessages: String(counts.ready),
    ApproximateNumberOfMessagesDelayed: String(counts.delayed),
    ApproximateNumberOfMessagesNotVisible: String(counts.inFlight),
  }
}

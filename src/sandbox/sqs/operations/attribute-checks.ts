import type { Call } from '../../protocol/service.ts'
import { ServiceError } from '../../protocol/service-error.ts'
import { invalidAttribute, invalidParameter, invalidValue, unknownAttribute } from '../queues/errors.ts'
import { isFifo, type QueueRecord, queueArn } from '../queues/queue-record.ts'
import type { QueueStore } from '../queues/store.ts'

type Attributes = Readonly<Record<string, string>>

/** The bounds of numbers, as SQS's model has them. */
const bounds: Readonly<Record<string, readonly [least: number, most: number]>> = {
  DelaySeconds: [0, 900],
  MaximumMessageSize: [1024, 1_048_576],
  MessageRetentionPeriod: [60, 1_209_600],
  ReceiveMessageWaitTimeSeconds: [0, 20],
  VisibilityTimeout: [0, 43_200],
  KmsDataKeyReusePeriodSeconds: [60, 86_400],
}
const choices: Readonly<Record<string, readonly string[]>> = {
  FifoQueue: ['true', 'false'],
  ContentBasedDeduplication: ['true', 'false'],
  SqsManagedSseEnabled: ['true', 'false'],
  DeduplicationScope: ['queue', 'messageGroup'],
  FifoThroughputLimit: ['perQueue', 'perMessageGroupId'],
}
const texts = new Set(['Policy', 'RedrivePolicy', 'RedriveAllowPolicy', 'KmsMasterKeyId'])
const ofFifo = ['ContentBasedDeduplication', 'DeduplicationScope', 'FifoThroughputLimit']

/**
 * The attributes of a queue after a change; an empty text removes one. A queue stays standard or FIFO.
 *
 * @throws ServiceError 400
 */
export function changedAttributes(before: Attributes, given: Attributes): Attributes {
  const after: Record<string, string> = { ...before }
  for (const [name, value] of Object.entries(given)) {
    checkAttribute(name, value)
    if (value === '') delete after[name]
    else after[name] = value
  }
  const misplaced = ofFifo.find((name) => name in given && !isFifo({ attributes: after }))
  if (misplaced !== undefined) throw unknownAttribute(misplaced)
  checkEncryption(given)
  if ((given['KmsMasterKeyId'] ?? '') !== '') after['SqsManagedSseEnabled'] = 'false'
  return after
}

function checkAttribute(name: string, value: string): void {
  const [least, most] = bounds[name] ?? []
  if (least !== undefined && most !== undefined) {
    if (!/^\d+$/.test(value) || Number(value) < least || Number(value) > most) throw invalidAttribute(name)
  } else if (choices[name]) {
    if (!choices[name].includes(value)) throw invalidAttribute(name)
  } else if (!texts.has(name)) throw unknownAttribute(name)
}

function checkEncryption({ KmsMasterKeyId, SqsManagedSseEnabled }: Attributes): void {
  if (!KmsMasterKeyId || SqsManagedSseEnabled !== 'true') return
  const message =
    'You can use one type of server-side encryption (SSE) at one time. You can either enable KMS SSE or SQS SSE.'
  throw new ServiceError('InvalidAttributeName', 400, message)
}

/**
 * Checks where a queue's dead letters go: to a queue of the same kind that is there, and that lets this one in.
 *
 * @throws ServiceError 400
 */
export function checkRedrive(
  store: QueueStore,
  call: Call,
  queue: Pick<QueueRecord, 'name' | 'attributes'>,
): void {
  const policy = queue.attributes['RedrivePolicy']
  if (policy === undefined) return
  const refused = (reason: string) => invalidValue(policy, 'RedrivePolicy', reason)
  const parsed = objectIn(policy)
  if (!parsed) throw refused('Redrive policy is not a valid JSON map.')
  const { deadLetterTargetArn: arn, maxReceiveCount: most } = parsed
  if (arn === undefined || most === undefined) {
    throw refused(
      'Redrive policy does not contain mandatory attribute: ' +
        (arn === undefined ? 'deadLetterTargetArn.' : 'maxReceiveCount.'),
    )
  }
  if (!/^\d+$/.test(String(most)) || Number(most) < 1 || Number(most) > 1000) {
    throw refused(
      'Invalid value for maxReceiveCount: ' +
        String(most) +
        ', valid values are from 1 to 1000 both inclusive.',
    )
  }
  if (typeof arn !== 'string' || !arn.startsWith('arn:'))
    throw refused('Invalid value for deadLetterTargetArn.')
  const target = store.byArn(arn)
  if (!target) throw refused('Dead letter target does not exist.')
  if (isFifo(target.record) !== isFifo(queue)) {
    throw refused('Dead-letter queue must be same type of queue as the source.')
  }
  const own = queueArn({ ...call, name: queue.name })
  if (!letsIn(target.record.attributes['RedriveAllowPolicy'], own)) {
    throw invalidParameter(`The queue ${arn} does not allow ${own} to use it as a dead-letter queue.`)
  }
}

function letsIn(policy: string | undefined, source: string): boolean {
  const { redrivePermission = 'allowAll', sourceQueueArns = [] } = objectIn(policy ?? '{}') ?? {}
  if (redrivePermission === 'byQueue') return (sourceQueueArns as unknown[]).includes(source)
  return redrivePermission === 'allowAll'
}

function objectIn(text: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : undefined
  } catch {
    return undefined
  }
}

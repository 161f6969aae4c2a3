import type { CreateQueueRequest, CreateQueueResult } from '@aws-sdk/client-sqs'
import type { Call } from '../../protocol/service.ts'
import { ServiceError } from '../../protocol/service-error.ts'
import { invalidAttribute, invalidParameter, missingParameter } from '../queues/errors.ts'
import type { QueueRecord } from '../queues/queue-record.ts'
import type { QueueStore } from '../queues/store.ts'
import { changedAttributes, checkRedrive } from './attribute-checks.ts'
import { allAttributes } from './attributes.ts'
import { queueUrl } from './requested-queue.ts'
import { checkTags } from './tags.ts'

/** Makes a queue; one that is there with the same attributes stays. @throws ServiceError 400 */
export function createQueue(
  store: QueueStore,
  { QueueName: name, Attributes = {}, tags = {} }: CreateQueueRequest,
  call: Call,
  now: number,
): CreateQueueResult {
  checkName(name, Attributes['FifoQueue'] === 'true')
  if (Attributes['FifoQueue'] === 'false') throw invalidAttribute('FifoQueue')
  const { region, account } = call
  const seconds = Math.floor(now / 1000)
  const present = store.find(region, name)
  if (present) requireSame(allAttributes(present), Attributes)
  else {
    const attributes = changedAttributes(
      Attributes['FifoQueue'] === 'true' ? { FifoQueue: 'true' } : {},
      Attributes,
    )
    checkTags(tags)
    checkRedrive(store, call, { name, attributes })
    const record: Omit<QueueRecord, 'id'> = {
      name,
      region,
      account,
      created: seconds,
      modified: seconds,
      attributes,
      tags: { ...tags },
    }
    store.make(record)
  }
  return { QueueUrl: queueUrl(call, { account, name }) }
}

function checkName(name: string | undefined, isFifo: boolean): asserts name is string {
  if (!name) throw missingParameter('QueueName')
  const wanted = isFifo ? /^(?=.{1,80}$)[\w-]+\.fifo$/ : /^[\w-]{1,80}$/
  if (wanted.test(name)) return
  if (isFifo)
    throw invalidParameter(
      'The name of a FIFO queue can only include alphanumeric characters, hyphens, or underscores, must end with .fifo suffix and be 1 to 80 in length.',
    )
  throw invalidParameter(
    'Can only include alphanumeric characters, hyphens, or underscores. 1 to 80 in length',
  )
}

function requireSame(
  present: Readonly<Record<string, string>>,
  given: Readonly<Record<string, string>>,
): void {
  const other = Object.entries(given).find(([name, value]) => (present[name] ?? '') !== value)
  if (!other) return
  const message = `A queue already exists with the same name and a different value for attribute ${other[0]}`
  throw new ServiceError('QueueNameExists', 400, message)
}

import type { Delivery } from '../../delivery/parcel.ts'
import type { Functions } from '../../functions.ts'
import type { ServiceError } from '../../protocol/service-error.ts'
import { refused } from '../storage/errors.ts'
import type { NotificationRule } from '../storage/notifications.ts'
import type { Bucket } from '../storage/store.ts'
import { s3As } from './notify.ts'
import { testMessage } from './records.ts'

export interface Destinations {
  delivery: Pick<Delivery, 'deliver'>
  functions: Pick<Functions, 'allows'>
}

/** The moment and the author of a configuration. */
interface Configured {
  time: number
  account: string
  requestId: string
}

/**
 * Sends a test event to queues and topics, and asks the policies of functions.
 *
 * @throws ServiceError 400 that names all destinations which S3 may not use
 */
export async function checkDestinations(
  { delivery, functions }: Destinations,
  bucket: Bucket,
  rules: readonly NotificationRule[],
  { time, account, requestId }: Configured,
): Promise<void> {
  const from = s3As(bucket, account)
  const body = JSON.stringify(testMessage(bucket, time, requestId))
  const faults: [name: string, value: string][] = []
  for (const { kind, target } of rules) {
    if (kind === 'lambda') {
      if (await functions.allows(target, from)) continue
      faults.push([`${target}, null`, `Not authorized to invoke function [${target}]`])
    } else {
      const refusal = await delivery.deliver(target, { body }, from)
      if (refusal) faults.push([target, reasonOf(kind, refusal)])
    }
  }
  if (faults.length === 0) return
  const details = faults.flatMap(([name, value], index) => [
    [`ArgumentName${index + 1}`, name],
    [`ArgumentValue${index + 1}`, value],
  ])
  const message = 'Unable to validate the following destination configurations'
  throw refused('InvalidArgument', message, Object.fromEntries(details) as Record<string, string>)
}

function reasonOf(kind: 'queue' | 'topic', { code, message }: ServiceError): string {
  if (/NonExistentQueue|QueueDoesNotExist|NotFound/.test(code))
    return `The destination ${kind} does not exist`
  if (code === 'NotImplemented') return message
  return `Permissions on the destination ${kind} do not allow S3 to publish notifications from this bucket`
}

import type { ServiceError } from '../../protocol/service-error.ts'
import type { EventInvokeConfig } from '../records/attached.ts'
import type { LambdaContext } from '../records/context.ts'
import type { Attempt, PendingEvent } from '../records/pending-event.ts'
import { recordAsync } from './async-metrics.ts'
import { deadLetter, type Ending, recordOf } from './ending.ts'
import { putRecord } from './put-record.ts'

/**
 * Sends the record of an invocation to its destination, and an event that failed to its dead-letter queue or topic.
 * Says on stderr what nobody takes.
 */
export async function sendEnding(
  context: LambdaContext,
  event: PendingEvent,
  settings: Partial<EventInvokeConfig>,
  ending: Ending,
): Promise<void> {
  await sendRecord(context, event, settings, ending)
  const target = ending.condition === 'Success' ? undefined : deadLetterTarget(context, event, ending.attempt)
  const refusal = target && (await context.delivery.deliver(target, deadLetter(event, ending)))
  if (!refusal) return
  recordAsync(context, event, 'DeadLetterErrors')
  console.error(`The event of ${event.name} is lost (${reasonOf(refusal)}): ${target}`)
}

/** The queue or topic of the version that ran, or of `$LATEST` if none did. */
function deadLetterTarget(
  { store }: LambdaContext,
  { region, name }: PendingEvent,
  attempt: Attempt | undefined,
): string | undefined {
  const record = store.find(region, name)
  const version = record?.versions.get(attempt?.executedVersion ?? '') ?? record?.latest
  return version?.configuration.DeadLetterConfig?.TargetArn
}

async function sendRecord(
  context: LambdaContext,
  event: PendingEvent,
  { onSuccess, onFailure }: Partial<EventInvokeConfig>,
  ending: Ending,
): Promise<void> {
  const destination = ending.condition === 'Success' ? onSuccess : onFailure
  if (!destination) return
  const record = recordOf(event, ending, context.clock())
  const refusal =
    destination.split(':')[2] === 's3'
      ? await putRecord(context, { ...bucketPlace(event), destination, body: record.body })
      : await context.delivery.deliver(destination, record)
  if (!refusal) return
  recordAsync(context, event, 'DestinationDeliveryFailures')
  console.error(`The record of an event of ${event.name} is lost (${reasonOf(refusal)}): ${destination}`)
}

function bucketPlace({ region, name }: PendingEvent): { region: string; prefix: string } {
  return { region, prefix: `aws/lambda/async/${name}` }
}

function reasonOf({ code, message }: ServiceError): string {
  return `${code}: ${message}`
}

import { randomUUID } from 'node:crypto'
import type { EventInvokeConfig } from '../records/attached.ts'
import type { LambdaContext } from '../records/context.ts'
import type { Attempt, PendingEvent } from '../records/pending-event.ts'
import { hasQualifier } from '../records/records.ts'
import { lambdaParts } from '../requests/names.ts'
import { recordAsync } from './async-metrics.ts'

/** The end of an asynchronous invocation. */
export interface Ending {
  condition: 'Success' | 'RetriesExhausted' | 'EventAgeExceeded'
  /** The last attempt that ran. */
  attempt: Attempt | undefined
}

/**
 * Sends the record of an invocation to its destination, and an event that failed to its dead-letter queue. Functions
 * are the only destinations in the sandbox; it says so on stderr for each record that it can't send.
 */
export function deliver(
  context: LambdaContext,
  event: PendingEvent,
  settings: Partial<EventInvokeConfig>,
  ending: Ending,
): void {
  sendRecord(context, event, settings, ending)
  const queue = ending.condition === 'Success' ? undefined : deadLetterQueue(context, event, ending.attempt)
  if (!queue) return
  recordAsync(context, event, 'DeadLetterErrors')
  console.error(`The sandbox has no queues and topics, so the event of ${event.name} is lost for ${queue}.`)
}

/** The queue or topic of the version that ran, or of `$LATEST` if none did. */
function deadLetterQueue(
  { store }: LambdaContext,
  { region, name }: PendingEvent,
  attempt: Attempt | undefined,
): string | undefined {
  const record = store.find(region, name)
  const version = record?.versions.get(attempt?.executedVersion ?? '') ?? record?.latest
  return version?.configuration.DeadLetterConfig?.TargetArn
}

function sendRecord(
  context: LambdaContext,
  event: PendingEvent,
  { onSuccess, onFailure }: Partial<EventInvokeConfig>,
  ending: Ending,
): void {
  const destination = ending.condition === 'Success' ? onSuccess : onFailure
  if (!destination) return
  const { region = '', name = '', qualifier } = lambdaParts(destination)
  const loss = lossOf(context, destination)
  if (loss !== undefined) {
    recordAsync(context, event, 'DestinationDeliveryFailures')
    console.error(`${loss}: ${destination}`)
    return
  }
  const record = JSON.stringify(recordOf(context, event, ending))
  context.accept({
    region,
    name,
    invocation: {
      requestId: randomUUID(),
      payload: Buffer.from(record).toString('base64'),
      invokedArn: destination,
      qualifier,
    },
  })
}

/** Says why no record can be sent to a destination; undefined if one can. */
function lossOf({ store }: LambdaContext, destination: string): string | undefined {
  const { region = '', name, qualifier = '$LATEST' } = lambdaParts(destination)
  if (destination.split(':')[2] !== 'lambda' || name === undefined) {
    return 'The sandbox sends records to functions only, so this one is lost'
  }
  const record = store.find(region, name)
  return record && hasQualifier(record, qualifier)
    ? undefined
    : 'The function or alias of a destination is not there any more, so its record is lost'
}

/** The record in Lambda's form, version 1.0. */
function recordOf(context: LambdaContext, event: PendingEvent, { condition, attempt }: Ending): object {
  const { requestId, invokedArn, qualifier, payload } = event.invocation
  return {
    version: '1.0',
    timestamp: new Date(context.clock()).toISOString(),
    requestContext: {
      requestId,
      functionArn: qualifier === undefined ? `${invokedArn}:$LATEST` : invokedArn,
      condition,
      // The attempt that exceeded the age never ran.
      approximateInvokeCount: event.failures + (condition === 'EventAgeExceeded' ? 0 : 1),
    },
    requestPayload: parsed(Buffer.from(payload, 'base64')),
    ...(attempt && {
      responseContext: {
        statusCode: 200,
        executedVersion: attempt.executedVersion,
        ...(attempt.outcome.functionError && { functionError: attempt.outcome.functionError }),
      },
      responsePayload: parsed(attempt.outcome.payload),
    }),
  }
}

/** A payload that is not JSON goes in as text. */
function parsed(payload: Uint8Array): unknown {
  const text = Buffer.from(payload).toString()
  try {
    return JSON.parse(text) as unknown
  } catch {
    return text
  }
}

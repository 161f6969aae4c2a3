import { randomUUID } from 'node:crypto'
import { ServiceError } from '../../protocol/service-error.ts'
import type { MessageAttribute } from '../../sqs/queues/message.ts'
import type { OwnMessage } from '../../sqs/reader.ts'
import type { EventInvokeConfig } from '../records/attached.ts'
import type { LambdaContext } from '../records/context.ts'
import type { Attempt, PendingEvent } from '../records/pending-event.ts'
import { hasQualifier } from '../records/records.ts'
import { lambdaParts } from '../requests/names.ts'
import { recordAsync } from './async-metrics.ts'

/** The end of an asynchronous invocation. */
export interface Ending {
  condition: 'Success' | 'RetriesExhausted' | 'EventAgeExceeded' | 'ZeroReservedConcurrency'
  /** The last attempt that ran. */
  attempt?: Attempt | undefined
}

/** The ends of events whose last attempt did not run. */
const neverRan: ReadonlySet<Ending['condition']> = new Set(['EventAgeExceeded', 'ZeroReservedConcurrency'])

/**
 * Sends the record of an invocation to its destination, and an event that failed to its dead-letter queue. The sandbox
 * has no topics and buses. It says on stderr which record it can't send.
 */
export function deliver(
  context: LambdaContext,
  event: PendingEvent,
  settings: Partial<EventInvokeConfig>,
  ending: Ending,
): void {
  sendRecord(context, event, settings, ending).catch((error: unknown) => console.error(error))
  const queue = ending.condition === 'Success' ? undefined : deadLetterQueue(context, event, ending.attempt)
  const loss = queue ? sendToQueue(context, queue, deadLetter(event, ending)) : undefined
  if (loss === undefined) return
  recordAsync(context, event, 'DeadLetterErrors')
  console.error(`The event of ${event.name} is lost: ${loss}: ${queue}`)
}

/** The event itself, with the reason of its end in the attributes that Lambda gives it. */
function deadLetter({ invocation }: PendingEvent, { attempt }: Ending): OwnMessage {
  const { errorMessage = '' } = Object(parsed(attempt?.outcome.payload ?? Buffer.alloc(0))) as {
    errorMessage?: unknown
  }
  return {
    body: Buffer.from(invocation.payload, 'base64').toString(),
    attributes: {
      RequestID: textAttribute(invocation.requestId),
      ErrorCode: { type: 'Number', text: attempt ? '200' : '429' },
      ...(errorMessage !== '' && { ErrorMessage: textAttribute(String(errorMessage).slice(0, 1024)) }),
    },
  }
}

function textAttribute(value: string): MessageAttribute {
  return { type: 'String', text: value }
}

/** Sends a message to a queue. @returns the reason why it is lost, if it is */
function sendToQueue({ queues }: LambdaContext, arn: string, message: OwnMessage): string | undefined {
  if (arn.split(':')[2] !== 'sqs') return 'the sandbox has no topics and buses'
  try {
    queues.send(arn, message)
    return undefined
  } catch (error) {
    if (!(error instanceof ServiceError)) throw error
    return `SQS refused it (${error.code}: ${error.message})`
  }
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

async function sendRecord(
  context: LambdaContext,
  event: PendingEvent,
  { onSuccess, onFailure }: Partial<EventInvokeConfig>,
  ending: Ending,
): Promise<void> {
  const destination = ending.condition === 'Success' ? onSuccess : onFailure
  if (!destination) return
  const body = JSON.stringify(recordOf(context, event, ending))
  const service = destination.split(':')[2]
  const loss =
    service === 's3' ? await putRecord(context, event, destination, body) : sendOn(context, destination, body)
  if (loss === undefined) return
  recordAsync(context, event, 'DestinationDeliveryFailures')
  console.error(`${loss}: ${destination}`)
}

/** Puts a record into a bucket, under the key that Lambda gives it. @returns the reason why it is lost, if it is */
async function putRecord(
  { account, clock, writeObject }: LambdaContext,
  { region, name }: PendingEvent,
  destination: string,
  body: string,
): Promise<string | undefined> {
  const time = new Date(clock()).toISOString()
  const [day, moment] = [time.slice(0, 10), time.slice(0, 19).replaceAll(':', '.')]
  const object = {
    Bucket: destination.split(':').at(-1) ?? '',
    Key: `aws/lambda/async/${name}/${day.replaceAll('-', '/')}/${moment}-${randomUUID()}`,
    Body: Buffer.from(body),
    ContentType: 'application/json',
  }
  try {
    await writeObject(object, { account, region })
    return undefined
  } catch (error) {
    if (!(error instanceof ServiceError)) throw error
    return `The record of a failed event is lost, since S3 refused it (${error.code}: ${error.message})`
  }
}

/** Sends a record to a queue or a function. @returns the reason why it is lost, if it is */
function sendOn(context: LambdaContext, destination: string, body: string): string | undefined {
  if (destination.split(':')[2] !== 'sqs') return sendToFunction(context, destination, body)
  const loss = sendToQueue(context, destination, { body })
  return loss === undefined ? undefined : `The record of an event is lost, since ${loss}`
}

/** Sends a record to a function. @returns the reason why it is lost, if it is */
function sendToFunction(
  { store, accept }: LambdaContext,
  destination: string,
  body: string,
): string | undefined {
  const { region = '', name, qualifier } = lambdaParts(destination)
  if (destination.split(':')[2] !== 'lambda' || name === undefined) {
    return 'The sandbox sends records to functions, queues and buckets only, so this one is lost'
  }
  const record = store.find(region, name)
  if (!record || !hasQualifier(record, qualifier ?? '$LATEST')) {
    return 'The function or alias of a destination is not there any more, so its record is lost'
  }
  const payload = Buffer.from(body).toString('base64')
  accept({
    region,
    name,
    invocation: { requestId: randomUUID(), payload, invokedArn: destination, qualifier },
  })
  return undefined
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
      approximateInvokeCount: event.failures + (neverRan.has(condition) ? 0 : 1),
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

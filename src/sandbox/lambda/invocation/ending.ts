import type { Parcel } from '../../delivery/parcel.ts'
import type { MessageAttribute } from '../../sqs/queues/message.ts'
import type { Attempt, PendingEvent } from '../records/pending-event.ts'

/** The end of an asynchronous invocation. */
export interface Ending {
  condition: 'Success' | 'RetriesExhausted' | 'EventAgeExceeded' | 'ZeroReservedConcurrency'
  /** The last attempt that ran. */
  attempt?: Attempt | undefined
}

/** The ends of events whose last attempt did not run. */
const neverRan: ReadonlySet<Ending['condition']> = new Set(['EventAgeExceeded', 'ZeroReservedConcurrency'])

/**
 * The record of an invocation in Lambda's form, version 1.0; a bus gets it as the detail of an event.
 *
 * @param now milliseconds since the epoch
 */
export function recordOf(event: PendingEvent, { condition, attempt }: Ending, now: number): Parcel {
  const { requestId, invokedArn, qualifier, payload } = event.invocation
  const functionArn = qualifier === undefined ? `${invokedArn}:$LATEST` : invokedArn
  const record = {
    version: '1.0',
    timestamp: new Date(now).toISOString(),
    requestContext: {
      requestId,
      functionArn,
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
  const result = condition === 'Success' ? 'Success' : 'Failure'
  return {
    body: JSON.stringify(record),
    event: {
      source: 'lambda',
      detailType: `Lambda Function Invocation Result - ${result}`,
      resources: [functionArn],
    },
  }
}

/** The event itself, with the reason of its end in the attributes that Lambda gives a dead letter. */
export function deadLetter({ invocation }: PendingEvent, { attempt }: Ending): Parcel {
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

/** A payload that is not JSON goes in as text. */
function parsed(payload: Uint8Array): unknown {
  const text = Buffer.from(payload).toString()
  try {
    return JSON.parse(text) as unknown
  } catch {
    return text
  }
}

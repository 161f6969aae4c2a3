import type { InvocationRequest } from '@aws-sdk/client-lambda'
import { ServiceError } from '../protocol/service-error.ts'

/** Lambda's limits of an invocation's payload, in bytes. */
const largestPayload = { sync: 6_291_456, async: 1_048_576 }

/**
 * The event of an invocation; an empty body is an empty object.
 *
 * @throws ServiceError 413 when it is too large, 400 when it isn't JSON
 */
export function readPayload({ Payload, InvocationType }: InvocationRequest): Uint8Array {
  if (!Payload || Payload.byteLength === 0) return Buffer.from('{}')
  const limit = InvocationType === 'Event' ? largestPayload.async : largestPayload.sync
  if (Payload.byteLength > limit) {
    throw new ServiceError(
      'RequestTooLargeException',
      413,
      `Request must be smaller than ${limit} bytes for the InvokeFunction operation`,
      { Type: 'User' },
    )
  }
  checkJson(Payload)
  return Payload
}

function checkJson(payload: Uint8Array): void {
  try {
    JSON.parse(Buffer.from(payload).toString('utf8'))
  } catch (error) {
    throw new ServiceError(
      'InvalidRequestContentException',
      400,
      `Could not parse request body into json: ${(error as Error).message}`,
      { Type: 'User' },
    )
  }
}

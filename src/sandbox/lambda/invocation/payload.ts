import type { InvocationRequest } from '@aws-sdk/client-lambda'
import { ServiceError } from '../../protocol/service-error.ts'
import { payloadFault } from './payload-fault.ts'

/** Lambda's limits for an invocation's payload, in bytes. */
export const largestPayload = { sync: 6_291_456, async: 1_048_576 }

/**
 * The event of an invocation; an empty body means an empty object.
 *
 * @throws ServiceError 413 if it is too large, 400 if it isn't JSON
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
  try {
    JSON.parse(Buffer.from(Payload).toString('utf8'))
  } catch (error) {
    const fault = payloadFault(Payload, (error as Error).message)
    throw invalidContent(
      `Could not parse request body into json: Could not parse payload into json: ${fault}`,
    )
  }
  return Payload
}

/** @throws ServiceError 400 unless the client context, if present, is a JSON object in base64 */
export function checkClientContext(encoded: string | undefined): void {
  if (encoded !== undefined && !isObject(Buffer.from(encoded, 'base64').toString())) {
    throw invalidContent('Client context must be a valid Base64-encoded JSON object.')
  }
}

function isObject(text: string): boolean {
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' && value !== null && !Array.isArray(value)
  } catch {
    return false
  }
}

function invalidContent(message: string): ServiceError {
  return new ServiceError('InvalidRequestContentException', 400, message, { Type: 'User' })
}

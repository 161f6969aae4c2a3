import { createHash, randomBytes, timingSafeEqual } from 'node:crypto'
import type { Protocol } from './service.ts'
import { ServiceError } from './service-error.ts'

/** An access key that nobody can guess, in the form of AWS's own. */
export function randomAccessKey(): string {
  return `SANDBOX${randomBytes(16).toString('hex').toUpperCase()}`
}

/**
 * Tells whether a request's access key is the sandbox's. The signature is not verified: the key can't be guessed, and
 * only root can read loopback traffic.
 */
export function isSameKey(given: string, expected: string): boolean {
  return timingSafeEqual(hash(given), hash(expected))
}

function hash(text: string): Buffer {
  return createHash('sha256').update(text).digest()
}

/** 403: a service's answer to an unknown key. */
export function unknownKey(kind: Protocol['kind'] | undefined): ServiceError {
  if (kind === 'restXml') {
    const message = 'The AWS Access Key Id you provided does not exist in our records.'
    return new ServiceError('InvalidAccessKeyId', 403, message)
  }
  const code = kind === 'awsQuery' ? 'InvalidClientTokenId' : 'UnrecognizedClientException'
  return new ServiceError(code, 403, 'The security token included in the request is invalid.')
}

import { hash, randomBytes, timingSafeEqual } from 'node:crypto'
import type { Caller, Protocol } from '../protocol/service.ts'
import { ServiceError } from '../protocol/service-error.ts'

/** An access key that nobody can guess, in the form of AWS's own. */
export function randomAccessKey(): string {
  return `SANDBOX${randomBytes(16).toString('hex').toUpperCase()}`
}

/**
 * Tells whether a request's access key is the sandbox's. The signature is not verified: the key can't be guessed, and
 * only root can read loopback traffic.
 */
export function isSameKey(given: string, expected: string): boolean {
  return timingSafeEqual(digest(given), digest(expected))
}

function digest(text: string): Buffer {
  return hash('sha256', text, 'buffer')
}

/** The owner of a temporary key, and how long the key serves. */
export interface Session {
  caller: Caller
  sessionToken: string
  /** Milliseconds since the epoch. */
  expires: number
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

/** A service's answer to a temporary key whose time is over. */
export function expiredKey(kind: Protocol['kind'] | undefined): ServiceError {
  if (kind === 'restXml') return new ServiceError('ExpiredToken', 400, 'The provided token has expired.')
  const code = kind === 'awsQuery' ? 'ExpiredToken' : 'ExpiredTokenException'
  return new ServiceError(code, 403, 'The security token included in the request is expired')
}

/** 403: a service's answer to a request without a signature. */
export function missingKey(kind: Protocol['kind'] | undefined): ServiceError {
  if (kind === 'restXml') return new ServiceError('AccessDenied', 403, 'Access Denied')
  if (kind === 'awsQuery') {
    return new ServiceError('MissingAuthenticationToken', 403, 'Request is missing Authentication Token')
  }
  return new ServiceError('MissingAuthenticationTokenException', 403, 'Missing Authentication Token')
}

import type { ErrorCode } from '../../errors/codes.ts'
import { LambdactlError } from '../../errors/error.ts'
import type { NextStep } from '../../errors/next-step.ts'
import { Ended } from './end-calls.ts'
import { isFromNetwork, nextOfNetwork, refusalWords } from './network-errors.ts'
import { Unreadable } from './unreadable.ts'

/** The fields of an SDK error that are read; all are optional, since anything may be thrown. */
interface SdkError {
  name?: string
  message?: string
  code?: string
  $fault?: 'client' | 'server'
  $retryable?: { throttling?: boolean }
  $metadata?: { httpStatusCode?: number; attempts?: number }
}

interface Translation {
  code: ErrorCode
  next: NextStep[]
}

const notAuthenticated: Translation = {
  code: 'NOT_AUTHENTICATED',
  next: [
    'Sign in, or set AWS_PROFILE or AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, then run the command again.',
  ],
}
const wrongClock: Translation = {
  code: 'NOT_AUTHENTICATED',
  next: ["Set this machine's clock right, as with `timedatectl set-ntp true`, then run the command again."],
}
const notPermitted: Translation = {
  code: 'NOT_PERMITTED',
  next: ['Have the permission that the message names granted to this identity, then run the command again.'],
}
const notFound: Translation = { code: 'NOT_FOUND', next: ['Check the name, the Region and the account.'] }
const conflict: Translation = {
  code: 'CONFLICT',
  next: [
    (config) =>
      `Something else changed it meanwhile: look with \`${config.status}\`, then run the command again.`,
  ],
}
const unreadable: Translation = {
  code: 'UNREACHABLE',
  next: [
    'A proxy, a firewall or a sign-in page answered in place of AWS: sign in there, or correct the endpoint or the proxy, then run the command again.',
  ],
}
const unavailable: Translation = {
  code: 'AWS_UNAVAILABLE',
  next: ['It was retried; run the command again later.'],
}
const refused: Translation = {
  code: 'AWS_REFUSED',
  next: ['Correct what the message names, then run the command again.'],
}

const noRegion: Translation = {
  code: 'CONFIG_INVALID',
  next: [(config) => `Give the environment a region in ${config.name}, or set AWS_REGION, or pass --region.`],
}

const badEndpoint: Translation = {
  code: 'USAGE',
  next: [
    (config) =>
      `Give the endpoint as in http://127.0.0.1:4510: --endpoint-url, LAMBDACTL_ENDPOINT_URL, or endpoint: in ${config.name}.`,
  ],
}

const noSuchBucket: Translation = {
  code: 'NOT_FOUND',
  next: [(config) => `Create the bucket in the function's Region, or correct artifacts: in ${config.name}.`],
}
const bucketElsewhere: Translation = {
  code: 'AWS_REFUSED',
  next: [
    (config) =>
      `Lambda reads packages only from buckets in its own Region: name one there with artifacts: in ${config.name}.`,
  ],
}

const byName: Record<string, Translation> = {
  TokenProviderError: notAuthenticated,
  ExpiredToken: notAuthenticated,
  ExpiredTokenException: notAuthenticated,
  UnrecognizedClientException: notAuthenticated,
  InvalidClientTokenId: notAuthenticated,
  InvalidAccessKeyId: notAuthenticated,
  InvalidSignatureException: notAuthenticated,
  SignatureDoesNotMatch: notAuthenticated,
  IncompleteSignatureException: notAuthenticated,
  MissingAuthenticationTokenException: notAuthenticated,
  RequestExpired: wrongClock,
  RequestInTheFuture: wrongClock,
  RequestTimeTooSkewed: wrongClock,
  NoSuchBucket: noSuchBucket,
  PermanentRedirect: bucketElsewhere,
  AccessDenied: notPermitted,
  AccessDeniedException: notPermitted,
  ResourceNotFoundException: notFound,
  ResourceNotFound: notFound,
  ProvisionedConcurrencyConfigNotFoundException: notFound,
  ResourceConflictException: conflict,
  PreconditionFailedException: conflict,
  ERR_INVALID_URL: badEndpoint,
  // CloudWatch and CloudWatch Logs throttle with status 400, and S3 is so late to read a request.
  Throttling: unavailable,
  ThrottlingException: unavailable,
  ThrottledException: unavailable,
  RequestThrottled: unavailable,
  RequestThrottledException: unavailable,
  RequestLimitExceeded: unavailable,
  RequestTimeout: unavailable,
}

/**
 * Translates whatever an SDK call threw.
 *
 * @param action what was tried, for a person: `update the alias live of shop-checkout-prod`
 */
export function translate(error: unknown, action: string): LambdactlError {
  if (error instanceof LambdactlError) return error
  if (error instanceof Ended) return interrupted(error, action)
  const known = (error ?? {}) as SdkError
  const { code, next } = byName[known.code ?? ''] ?? byName[known.name ?? ''] ?? byFault(known)
  const name = known.code ?? known.name ?? 'Error'
  const brief = `could not ${action}: ${briefly[code] ?? 'AWS refused it'} (${name})`
  return new LambdactlError(code, `Could not ${action}: ${wordsOf(known)} (${name})`, {
    next,
    brief,
    cause: error,
  })
}

/** Our own words for an error: texts of AWS, a proxy or a parser don't go on record. */
const briefly: Partial<Record<ErrorCode, string>> = {
  UNREACHABLE: 'AWS could not be reached',
  AWS_UNAVAILABLE: 'AWS failed on its side',
  NOT_AUTHENTICATED: 'the credentials are not accepted',
  NOT_PERMITTED: 'a permission is missing',
  NOT_FOUND: 'it does not exist',
  CONFLICT: 'something else changed it meanwhile',
  BUG: 'lambdactl failed',
}

function interrupted(cause: Ended, action: string): LambdactlError {
  const { mayBeDone } = cause
  const how = mayBeDone ? 'AWS was asked to' : 'waiting for AWS to'
  const so = mayBeDone ? ', which may have been done all the same' : ''
  return new LambdactlError('INTERRUPTED', `Interrupted while ${how} ${action}${so}.`, {
    next: mayBeDone ? [(config) => `See how it stands: ${config.status}`] : [],
    cause,
  })
}

function byFault(error: SdkError): Translation {
  if (error instanceof Unreadable && !isOfGateway(error)) return unreadable
  if (isFromNetwork(error)) return { code: 'UNREACHABLE', next: nextOfNetwork(error) }
  if (/^Region (?:is missing|not accepted)/.test(error.message ?? '')) return noRegion
  const status = error.$metadata?.httpStatusCode ?? 0
  if (error.$retryable?.throttling || status === 429 || error.$fault === 'server' || status >= 500)
    return unavailable
  return error.$fault === 'client' || status >= 400 ? refused : { code: 'BUG', next: [] }
}

/** A page with one of these is AWS's own, or of what stands before it; 511 is a network that asks to sign in. */
function isOfGateway({ $metadata: { httpStatusCode = 0 } }: Unreadable): boolean {
  return httpStatusCode >= 500 && httpStatusCode !== 511
}

/** The SDK names its own modules where no answer came in time. */
function wordsOf(error: SdkError): string {
  const { name, message } = error
  if (name === 'TimeoutError') return 'no answer came in time'
  return refusalWords(error) ?? withoutPeriod(message || 'no message')
}

/** The error's name follows it, in brackets. */
function withoutPeriod(message: string): string {
  return withoutVariables(withoutHint(message)).trim().replace(/\.$/, '')
}

/** The SDK's advice to its own programmers, where an answer broke off. */
function withoutHint(message: string): string {
  return message.replace(/\s+Deserialization error: .*/s, '')
}

/** Where environment variables are too large, Lambda quotes all of them with their values. */
function withoutVariables(message: string): string {
  return message.replace(/ String measured: .*$/s, '')
}

/** Does something, and translates what it throws. */
export async function attempt<Answer>(action: string, work: () => Promise<Answer>): Promise<Answer> {
  try {
    return await work()
  } catch (error) {
    throw translate(error, action)
  }
}

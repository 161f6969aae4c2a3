import type { ErrorCode } from '../errors/codes.ts'
import { LambdactlError } from '../errors/error.ts'

/** What of an SDK error is read; everything is optional since anything may be thrown. */
interface SdkError {
  name?: string
  message?: string
  code?: string
  $fault?: 'client' | 'server'
  $retryable?: { throttling?: boolean }
  $metadata?: { httpStatusCode?: number }
}

interface Translation {
  code: ErrorCode
  next: string[]
}

const notAuthenticated: Translation = {
  code: 'NOT_AUTHENTICATED',
  next: [
    'Sign in, or set AWS_PROFILE or AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, then run the command again.',
  ],
}
const notPermitted: Translation = {
  code: 'NOT_PERMITTED',
  next: ['Have the permission that the message names granted to this identity, then run the command again.'],
}
const notFound: Translation = { code: 'NOT_FOUND', next: ['Check the name, the Region and the account.'] }
const conflict: Translation = {
  code: 'CONFLICT',
  next: ['Something else changed it meanwhile: look with `lambdactl status`, then run the command again.'],
}
const unreachable: Translation = {
  code: 'UNREACHABLE',
  next: ['Check the endpoint and the network; for the sandbox: `lambdactl sandbox start`.'],
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
  next: ['Give the environment a region in lambdactl.yaml, or set AWS_REGION, or pass --region.'],
}

const badEndpoint: Translation = {
  code: 'USAGE',
  next: [
    'Give the endpoint as in http://127.0.0.1:4510: --endpoint-url, LAMBDACTL_ENDPOINT_URL, or endpoint: in lambdactl.yaml.',
  ],
}

const noSuchBucket: Translation = {
  code: 'NOT_FOUND',
  next: ["Create the bucket in the function's Region, or correct artifacts: in lambdactl.yaml."],
}
const bucketElsewhere: Translation = {
  code: 'AWS_REFUSED',
  next: [
    'Lambda reads packages only from buckets in its own Region: name one there with artifacts: in lambdactl.yaml.',
  ],
}

const byName: Record<string, Translation> = {
  CredentialsProviderError: notAuthenticated,
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
  NoSuchBucket: noSuchBucket,
  PermanentRedirect: bucketElsewhere,
  AccessDenied: notPermitted,
  AccessDeniedException: notPermitted,
  ResourceNotFoundException: notFound,
  ResourceNotFound: notFound,
  ProvisionedConcurrencyConfigNotFoundException: notFound,
  ResourceConflictException: conflict,
  PreconditionFailedException: conflict,
  TimeoutError: unreachable,
  ECONNREFUSED: unreachable,
  ECONNRESET: unreachable,
  ENOTFOUND: unreachable,
  EAI_AGAIN: unreachable,
  EPIPE: unreachable,
  ETIMEDOUT: unreachable,
  EHOSTUNREACH: unreachable,
  ERR_INVALID_URL: badEndpoint,
  ENETUNREACH: unreachable,
  ENETDOWN: unreachable,
  // CloudWatch and CloudWatch Logs throttle with status 400.
  Throttling: unavailable,
  ThrottlingException: unavailable,
  ThrottledException: unavailable,
  RequestLimitExceeded: unavailable,
}

/**
 * Translates whatever an SDK call threw.
 *
 * @param action what was tried, for a person: `update the alias live of shop-checkout-prod`
 */
export function translate(error: unknown, action: string): LambdactlError {
  if (error instanceof LambdactlError) return error
  const known = (error ?? {}) as SdkError
  const { code, next } = byName[known.code ?? ''] ?? byName[known.name ?? ''] ?? byFault(known)
  const name = known.code ?? known.name ?? 'Error'
  return new LambdactlError(
    code,
    `Could not ${action}: ${sentence(known.message || 'no message')} (${name})`,
    {
      next,
      cause: error,
    },
  )
}

function byFault(error: SdkError): Translation {
  if (error.message === 'Region is missing') return noRegion
  const status = error.$metadata?.httpStatusCode ?? 0
  if (error.$retryable?.throttling || status === 429 || error.$fault === 'server' || status >= 500)
    return unavailable
  return error.$fault === 'client' || status >= 400 ? refused : { code: 'BUG', next: [] }
}

function sentence(message: string): string {
  return withoutVariables(message).trim().replace(/\.$/, '')
}

/** Where environment variables are too large, Lambda quotes all of them with their values. */
function withoutVariables(message: string): string {
  return message.replace(/ String measured: .*$/s, '')
}

/** Runs an SDK call and translates what it throws. */
export async function attempt<Answer>(action: string, call: () => Promise<Answer>): Promise<Answer> {
  try {
    return await call()
  } catch (error) {
    throw translate(error, action)
  }
}

/** Like `attempt`, but undefined where what was asked for does not exist. */
export async function attemptToFind<Answer>(
  action: string,
  call: () => Promise<Answer>,
): Promise<Answer | undefined> {
  try {
    return await attempt(action, call)
  } catch (error) {
    if (error instanceof LambdactlError && error.code === 'NOT_FOUND') return undefined
    throw error
  }
}

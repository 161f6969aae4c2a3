import type { ErrorCode } from '../../errors/codes.ts'
import { LambdactlError } from '../../errors/error.ts'
import { Ended } from './end-calls.ts'
import { isFromNetwork, nextOfNetwork, refusalWords } from './network-errors.ts'
import { byName, noRegion, refused, type Translation, unavailable, unreadable } from './translations.ts'
import { Unreadable } from './unreadable.ts'

/** The fields of an SDK error that are read; all are optional, since any value may be thrown. */
interface SdkError {
  name?: string
  message?: string
  code?: string
  $fault?: 'client' | 'server'
  $retryable?: { throttling?: boolean }
  $metadata?: { httpStatusCode?: number }
}

/**
 * Translates any error of an SDK call.
 *
 * @param action for a person: `update the alias live of shop-checkout-prod`
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

/** lambdactl's own words for an error: texts of AWS, a proxy or a parser don't go on record. */
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
  const so = mayBeDone ? ', and may have done so' : ''
  return new LambdactlError('INTERRUPTED', `Interrupted while ${how} ${action}${so}.`, {
    next: mayBeDone ? [(config) => `See its state: ${config.status}`] : [],
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

/**
 * A page with one of these statuses comes from AWS, or from a gateway before it; 511 is a network that asks to sign in.
 */
function isOfGateway({ $metadata: { httpStatusCode = 0 } }: Unreadable): boolean {
  return httpStatusCode >= 500 && httpStatusCode !== 511
}

/** If AWS did not answer in time, the SDK names its own modules. */
function wordsOf(error: SdkError): string {
  const { name, message } = error
  if (name === 'TimeoutError') return 'AWS did not answer in time'
  return refusalWords(error) ?? withoutPeriod(message || 'no message')
}

/** The error's name follows in brackets. */
function withoutPeriod(message: string): string {
  return withoutVariables(withoutHint(message)).trim().replace(/\.$/, '')
}

/** The SDK's advice to programmers about an incomplete answer. */
function withoutHint(message: string): string {
  return message.replace(/\s+Deserialization error: .*/s, '')
}

/** If environment variables are too large, Lambda quotes all of them with their values. */
function withoutVariables(message: string): string {
  return message.replace(/ String measured: .*$/s, '')
}

/** Does some work and translates its errors. */
export async function attempt<Answer>(action: string, work: () => Promise<Answer>): Promise<Answer> {
  try {
    return await work()
  } catch (error) {
    throw translate(error, action)
  }
}

import type { ErrorCode } from './codes.ts'
import type { NextStep } from './next-step.ts'
import { withOnePeriod } from './sentence.ts'

/** Who has to act on an error. */
export type ErrorKind = 'user' | 'bug' | 'cancelled'

export interface ErrorDetails {
  /** The next steps, one sentence each. */
  next?: readonly NextStep[]
  /** The message for a record, in lambdactl's own words; absent: the message itself. */
  brief?: string
  cause?: unknown
  /** The functions of `lambdactl.yaml` that it belongs to. */
  failures?: readonly Failure[]
  /** The id of the release that it tells of. */
  release?: string | undefined
}

/** The error of one function. */
export interface Failure {
  /** The function's name in `lambdactl.yaml`. */
  function: string
  error: LambdactlError
}

/** An error for a person: one sentence about what happened (expected, got), and the next steps. */
export class LambdactlError extends Error {
  override readonly name = 'LambdactlError'
  readonly code: ErrorCode
  readonly next: readonly NextStep[]
  readonly brief: string
  readonly failures: readonly Failure[]
  readonly release: string | undefined

  constructor(code: ErrorCode, message: string, details: ErrorDetails = {}) {
    const { next = [], brief = message, cause, failures = [], release } = details
    super(withOnePeriod(message), cause === undefined ? undefined : { cause })
    this.code = code
    this.next = next
    this.brief = brief
    this.failures = failures
    this.release = release
  }

  get kind(): ErrorKind {
    if (this.code === 'BUG') return 'bug'
    return this.code === 'INTERRUPTED' ? 'cancelled' : 'user'
  }
}

/** True for an error with that code. */
export function isCode(error: unknown, code: ErrorCode): error is LambdactlError {
  return error instanceof LambdactlError && error.code === code
}

/** True for a call of AWS that an interrupt ended before its answer came; false for other interrupted work. */
export function isEndedCall(error: unknown): boolean {
  return isCode(error, 'INTERRUPTED') && error.cause instanceof Error && error.cause.name === 'AbortError'
}

/** The error itself, an error for a full disk, or a `BUG` that wraps an unexpected error. */
export function asLambdactlError(error: unknown): LambdactlError {
  if (error instanceof LambdactlError) return error
  if (isFullDisk(error)) {
    return new LambdactlError('USAGE', `There is no space left on a disk: ${error.message}.`, {
      next: [
        'Free some space, or use another disk: TMPDIR names the folder of temporary files, LAMBDACTL_CACHE_DIR that of the cache.',
      ],
      cause: error,
    })
  }
  const message = error instanceof Error ? error.message : String(error)
  const brief = 'lambdactl failed unexpectedly'
  return new LambdactlError('BUG', `${brief}: ${message}`, { brief, cause: error })
}

function isFullDisk(error: unknown): error is Error {
  return error instanceof Error && 'code' in error && ['ENOSPC', 'EDQUOT'].includes(String(error.code))
}

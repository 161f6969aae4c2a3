import type { ErrorCode } from './codes.ts'
import { forConfigFile } from './config-file.ts'
import { withOnePeriod } from './sentence.ts'
import { forStatusCommand } from './status-command.ts'

/** Who has to do something about an error. */
export type ErrorKind = 'user' | 'bug' | 'cancelled'

export interface ErrorDetails {
  /** The next steps, a sentence each. */
  next?: readonly string[]
  /** The message for a record, in lambdactl's own words; the message itself where it is absent. */
  brief?: string
  cause?: unknown
  /** Whose it is, where functions of `lambdactl.yaml` were worked on. */
  failures?: readonly Failure[]
}

/** The error of one function. */
export interface Failure {
  /** As `lambdactl.yaml` names it. */
  function: string
  error: LambdactlError
}

/** An error that a person reads: one sentence of what happened (expected, got), and what to do next. */
export class LambdactlError extends Error {
  override readonly name = 'LambdactlError'
  readonly code: ErrorCode
  readonly next: readonly string[]
  readonly brief: string
  readonly failures: readonly Failure[]

  constructor(code: ErrorCode, message: string, details: ErrorDetails = {}) {
    const { next = [], brief = message, cause, failures = [] } = details
    super(withOnePeriod(message), cause === undefined ? undefined : { cause })
    this.code = code
    this.next = next.map((step) => forConfigFile(forStatusCommand(step)))
    this.brief = brief
    this.failures = failures
  }

  get kind(): ErrorKind {
    if (this.code === 'BUG') return 'bug'
    return this.code === 'INTERRUPTED' ? 'cancelled' : 'user'
  }
}

/** True for an error of that code. */
export function isCode(error: unknown, code: ErrorCode): error is LambdactlError {
  return error instanceof LambdactlError && error.code === code
}

/** True for a call of AWS that an interrupt ended before its answer came, and not for work that ended so. */
export function isEndedCall(error: unknown): boolean {
  return isCode(error, 'INTERRUPTED') && error.cause instanceof Error && error.cause.name === 'AbortError'
}

/** The error itself, one for a full disk, or a `BUG` that wraps what nobody foresaw. */
export function asLambdactlError(error: unknown): LambdactlError {
  if (error instanceof LambdactlError) return error
  if (isFullDisk(error)) {
    return new LambdactlError('USAGE', `There is no space left on a disk: ${error.message}.`, {
      next: [
        'Free some, or name another disk: TMPDIR for temporary files, LAMBDACTL_CACHE_DIR for the cache.',
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

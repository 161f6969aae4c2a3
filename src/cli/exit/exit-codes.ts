import type { ErrorCode } from '../../errors/codes.ts'

/** The exit codes of the process and their meanings; shown by `lambdactl help`. */
export const exitCodes = {
  0: 'done, or nothing to do',
  1: 'a bug in lambdactl',
  2: 'usage or configuration',
  3: 'not authenticated or not permitted',
  4: 'not found',
  5: 'conflict: another release, or the alias moved',
  6: 'preflight failed: the candidate got no traffic; with invoke: the function failed; with doctor: a check failed',
  7: 'rolled back: a gate failed, or somebody ended the release',
  8: 'paused, or left with more to come; with logs: lines are missing',
  9: 'a rollback failed: a person is needed',
  75: 'try again: AWS could not be reached, throttled, or failed on its side',
  130: 'interrupted',
} as const

/** `lambdactl help exit-codes` shows the table. */
export const exitCodesSubject = 'exit-codes'

export type ExitCode = keyof typeof exitCodes

const byCode: Record<ErrorCode, ExitCode> = {
  BUG: 1,
  USAGE: 2,
  CONFIG_NOT_FOUND: 2,
  CONFIG_INVALID: 2,
  UNTRUSTED: 2,
  PACKAGE_INVALID: 2,
  TEMPLATE_INVALID: 2,
  PATH_TAKEN: 2,
  PORT_TAKEN: 2,
  AWS_REFUSED: 2,
  NOT_AUTHENTICATED: 3,
  NOT_PERMITTED: 3,
  ACCOUNT_MISMATCH: 3,
  NOT_FOUND: 4,
  CONFLICT: 5,
  PREFLIGHT_FAILED: 6,
  UPDATE_FAILED: 6,
  INVOCATION_FAILED: 6,
  STOPPED: 6,
  ROLLED_BACK: 7,
  PAUSED: 8,
  INCOMPLETE: 8,
  ROLLBACK_FAILED: 9,
  UNREACHABLE: 75,
  AWS_UNAVAILABLE: 75,
  INTERRUPTED: 130,
}

/** `diff --exit-code` exits so where anything differs, as `git diff` does: the one exception from the table. */
export const exitCodeOfDifference = 1

/** The exit code of an error, and of an outcome that is told as a result where others are told as an error. */
export function exitCodeOf(code: ErrorCode): ExitCode {
  return byCode[code]
}

import type { ErrorCode } from './codes.ts'
import { asLambdactlError, isCode, isEndedCall, type LambdactlError } from './error.ts'

/** The questions that a failed call of AWS leaves open. */
interface LeftOpen {
  /** AWS gave no answer of its own: the same question may be answered later. */
  isUnanswered: boolean
  /** The change may have been made: only reading the resource tells. */
  mayBeMade: boolean
  /** Another try may succeed. */
  mayPass: boolean
}

/** For all other codes AWS, or lambdactl before it, refused, and would refuse again. */
const leftOpen: Partial<Record<ErrorCode, LeftOpen>> = {
  // The request may have arrived before the connection broke, and a proxy may have answered instead of AWS.
  UNREACHABLE: { isUnanswered: true, mayBeMade: true, mayPass: true },
  // AWS was throttling, or failed on its side at any point of its work.
  AWS_UNAVAILABLE: { isUnanswered: true, mayBeMade: true, mayPass: true },
  // AWS refused, since something else changed the resource or an update of it is in progress.
  CONFLICT: { isUnanswered: false, mayBeMade: false, mayPass: true },
  // The error is unexpected, so nobody knows how far the call came.
  BUG: { isUnanswered: false, mayBeMade: true, mayPass: true },
}

/** Tells whether AWS gave no answer of its own, so that the same question may be answered later. */
export function isUnanswered(error: unknown): boolean {
  return leaves(error)?.isUnanswered ?? false
}

/** Tells whether AWS throttled a call, or failed on its side: it gets fewer calls then. */
export function isUnavailable(error: unknown): boolean {
  return isCode(error, 'AWS_UNAVAILABLE')
}

/**
 * Tells whether a change may have been made although its call failed. An interrupt can also end a call at any point.
 */
export function mayBeMade(error: unknown): boolean {
  return isEndedCall(error) || (leaves(error)?.mayBeMade ?? false)
}

/** Tells whether another try may succeed: for changes that must not be left half done, such as a rollback. */
export function mayPass(error: unknown): boolean {
  return isEndedCall(error) || (leaves(error)?.mayPass ?? false)
}

/**
 * Tells whether AWS refused a change because something else changed the resource meanwhile, or an update of it is in
 * progress.
 */
export function isConflict(error: unknown): error is LambdactlError & { code: 'CONFLICT' } {
  return isCode(error, 'CONFLICT')
}

/**
 * Tells whether reading the resource settles a failed change: its answer was lost, or the SDK retried and got a
 * conflict with its own first try. After an unexpected error nothing goes on as if it had not happened.
 */
export function needsLook(error: unknown): boolean {
  return isUnanswered(error) || isConflict(error)
}

function leaves(error: unknown): LeftOpen | undefined {
  return leftOpen[asLambdactlError(error).code]
}

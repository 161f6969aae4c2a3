import type { ErrorCode } from './codes.ts'
import { asLambdactlError, isCode, isEndedCall, type LambdactlError } from './error.ts'

/** What a failed call of AWS leaves open. */
interface LeftOpen {
  /** AWS gave no answer of its own: the same question may be answered later. */
  isUnanswered: boolean
  /** A change may have been made all the same: only a look at what is there tells. */
  mayBeMade: boolean
  /** Another try may go well. */
  mayPass: boolean
}

/** Of all other codes AWS, or lambdactl before it, said no, and will say so again. */
const leftOpen: Partial<Record<ErrorCode, LeftOpen>> = {
  // The request may have arrived before the connection broke, and a proxy may have answered in place of AWS.
  UNREACHABLE: { isUnanswered: true, mayBeMade: true, mayPass: true },
  // AWS was throttling, or failed on its side at any point of its work.
  AWS_UNAVAILABLE: { isUnanswered: true, mayBeMade: true, mayPass: true },
  // AWS refused, since something else changed the resource or an update of it is in progress.
  CONFLICT: { isUnanswered: false, mayBeMade: false, mayPass: true },
  // Nobody foresaw it, so nobody knows how far the call came.
  BUG: { isUnanswered: false, mayBeMade: true, mayPass: true },
}

/** Whether AWS gave no answer of its own, so that the same question may be answered later. */
export function isUnanswered(error: unknown): boolean {
  return leaves(error)?.isUnanswered ?? false
}

/** Whether a change may have been made although its call failed. An interrupt ends a call at any point too. */
export function mayBeMade(error: unknown): boolean {
  return isEndedCall(error) || (leaves(error)?.mayBeMade ?? false)
}

/** Whether another try may go well: for changes that must not be left half done, as a rollback. */
export function mayPass(error: unknown): boolean {
  return isEndedCall(error) || (leaves(error)?.mayPass ?? false)
}

/** Whether AWS refused a change, since something else changed the resource meanwhile, or an update of it is in progress. */
export function isConflict(error: unknown): error is LambdactlError & { code: 'CONFLICT' } {
  return isCode(error, 'CONFLICT')
}

/**
 * Whether a look at what is there settles a change that failed: its answer was lost, or the SDK asked twice, and the conflict
 * is with what the first attempt made. After an error that nobody foresaw, nothing goes on as if it had not happened.
 */
export function needsLook(error: unknown): boolean {
  return isUnanswered(error) || isConflict(error)
}

function leaves(error: unknown): LeftOpen | undefined {
  return leftOpen[asLambdactlError(error).code]
}

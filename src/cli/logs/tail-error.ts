import { LambdactlError } from '../../errors/error.ts'
import type { Tally } from '../../logs/following/tally.ts'
import { noVersion } from '../../workflows/logs/absent/nothing-there.ts'
import type { Notice } from '../../workflows/logs/notice.ts'

/** The result of a tail. */
export interface TailEnd {
  tally: Tally
  /** Undefined without `--exit-on`. */
  exitOn: RegExp | undefined
  /** Tells whether a line matched `--exit-on`. */
  hasMatched: boolean
  /** A version that no function has, if one was asked for. */
  unknownVersion: Extract<Notice, { notice: 'unknown-version' }> | undefined
}

/**
 * The error of a tail that ended by itself, the worst first: lines are missing, a group may not be read,
 * AWS did not answer at the end, nothing was found.
 */
export function tailError({
  tally,
  exitOn,
  hasMatched,
  unknownVersion,
}: TailEnd): LambdactlError | undefined {
  if (tally.gaps > 0) {
    return new LambdactlError(
      'INCOMPLETE',
      `Lines are missing that can't be read any more; their times are above.`,
      { next: ['Look for them where your service keeps other traces of the same time, such as metrics.'] },
    )
  }
  if (tally.denied.length > 0) {
    return new LambdactlError(
      'NOT_PERMITTED',
      `These log groups may not be read: ${tally.denied.join(', ')}.`,
      {
        next: ['Allow logs:FilterLogEvents for them.'],
      },
    )
  }
  if (unknownVersion && tally.shown === 0) return noVersion(unknownVersion)
  const { unanswered = [] } = tally
  if (unanswered.length > 0 && !hasMatched) {
    const groups = unanswered.join(', ')
    return new LambdactlError(
      'AWS_UNAVAILABLE',
      `AWS did not answer for ${groups} when the time was over, so the last lines are not shown.`,
      { next: ['Read them later with --since, or give the tail more time with --timeout.'] },
    )
  }
  if (exitOn && !hasMatched) {
    return new LambdactlError('NOT_FOUND', `No line matched --exit-on ${exitOn.source}.`, {
      next: ['Give it more time with --timeout, or see all lines without --exit-on.'],
    })
  }
  return undefined
}

import type { Minute } from '../../release/plan/comparison.ts'
import type { Verdict } from '../../release/values/observed.ts'
import { minuteMs } from './minutes.ts'
import { sum } from './statistics/strata.ts'
import { counted } from './words.ts'

/** The number of invocations that a step needs. */
export interface NeededInvocations {
  needed: number
  candidate: string
  /** The start of the step, milliseconds since the epoch. */
  since: number
}

/**
 * Tells whether the candidate has had the traffic that a step needs; with less, no gate has seen enough. Too little
 * traffic is not a failure, since more may come.
 *
 * @param minutes those of the step so far
 */
export function invocationsVerdict(
  minutes: readonly Minute[],
  { needed, candidate, since }: NeededInvocations,
  now: number,
): Verdict {
  const had = sum(minutes, (minute) => minute.candidate.invocations)
  const of = `${had} of ${counted(needed, 'invocation')} that the step needs on version ${candidate}`
  if (had >= needed) return { outcome: 'pass', reason: of }
  return { outcome: 'inconclusive', reason: `${of}${forecast(had, needed, now - since)}` }
}

/** A forecast at the rate so far. */
function forecast(had: number, needed: number, passedMs: number): string {
  if (had === 0) return ', none so far'
  const minutes = Math.ceil(((needed - had) * passedMs) / had / minuteMs)
  return `, at this rate in ${counted(minutes, 'minute')}`
}

import { bakes, type Plan } from '../plan/plan.ts'
import { durationWords } from '../values/duration.ts'
import type { AliasState } from '../values/observed.ts'
import type { ReleaseRecord } from '../values/record.ts'

/** The decisions that a person can make about a release in progress; `step` promotes by one step only. */
export type SteeringVerb = 'approve' | 'pause' | 'abort' | 'promote' | 'step'

/**
 * Describes the effect of a decision in one sentence without a full stop.
 *
 * @param plan undefined if it can't be read
 */
export function effectOf(
  verb: SteeringVerb,
  plan: Plan | undefined,
  { weight }: AliasState,
  record: ReleaseRecord,
): string {
  const { candidate, step, held, phase } = record
  switch (verb) {
    case 'pause':
      return `version ${candidate} keeps ${weight?.percent ?? 100}% until somebody approves`
    case 'abort':
      return `version ${candidate} loses its traffic to version ${held[0] ?? candidate}`
    case 'approve':
      return phase === 'awaiting-approval'
        ? `version ${candidate} ${nextShare(plan, step, ' once its gates pass')}`
        : begunAgain(plan, record, weight)
    case 'promote':
      return weight ? fullWords(plan, candidate) : begunAgain(plan, record, weight)
    case 'step':
      if (!weight) return begunAgain(plan, record, weight)
      return plan?.steps[step]
        ? `version ${candidate} ${nextShare(plan, step, ' now')}`
        : fullWords(plan, candidate)
  }
}

function begunAgain(
  plan: Plan | undefined,
  { candidate, step, steps }: ReleaseRecord,
  weight: AliasState['weight'],
): string {
  if (!weight) return `the bake of version ${candidate} begins again${heldFor(plan?.bakeMs)}`
  return `step ${step} of ${steps} begins again: ${weight.percent}% on version ${candidate}${heldFor(plan?.steps[step - 1]?.holdMs)}`
}

/** @param when follows the share, as in ` now` */
function nextShare(plan: Plan | undefined, step: number, when: string): string {
  if (!plan) return `goes on${when}`
  const next = plan.steps[step]
  return next ? `gets ${next.percent}%${when}${heldFor(next.holdMs)}` : `gets 100%${when}`
}

function fullWords(plan: Plan | undefined, candidate: string): string {
  const after =
    plan && !bakes(plan) ? 'and the release is done' : `and its bake follows${heldFor(plan?.bakeMs)}`
  return `version ${candidate} gets 100% now, ${after}`
}

function heldFor(ms: number | undefined): string {
  return ms ? `, for ${durationWords(ms)}` : ''
}

import type { ComparedMetric } from '../../release/plan/comparison.ts'
import type { Verdict } from '../../release/values/observed.ts'
import type { Figures } from './judge.ts'

/** The verdict on one metric, with its figures. */
export interface MetricVerdict extends Omit<ComparedMetric, keyof Figures>, Figures {
  /** The first minute that the figures are about; for a failure, the minute at which the candidate became worse. */
  since: number | undefined
  /** While inconclusive: about how many more invocations of the candidate are needed for a decision. */
  moreInvocations?: number
  /** While inconclusive: about how long these take at the candidate's present traffic, in milliseconds. */
  remainingMs?: number
}

/** The verdict on the candidate beside stable: a sentence for a person, and each metric's figures. */
export interface ComparisonVerdict extends Verdict {
  metrics: MetricVerdict[]
}

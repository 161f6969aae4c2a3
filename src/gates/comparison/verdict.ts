import type { ComparedMetric } from '../../release/plan/comparison.ts'
import type { Verdict } from '../../release/values/observed.ts'
import type { Figures } from './judge.ts'

/** How one metric stands. */
export interface MetricVerdict extends ComparedMetric, Figures {
  /** The first minute that the figures are about: where the candidate turned bad, if it failed. */
  since: number | undefined
  /** While inconclusive: about how many more invocations of the candidate would decide it. */
  moreInvocations?: number
  /** While inconclusive: about how long those take at the candidate's present traffic, in milliseconds. */
  remainingMs?: number
}

/** How the candidate stands beside stable: a sentence for a person, and each metric's figures. */
export interface ComparisonVerdict extends Verdict {
  metrics: MetricVerdict[]
}

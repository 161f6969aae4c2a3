import type { ComparisonSettings, Minute } from '../../release/plan/comparison.ts'
import { type Comparison, wouldPass } from './judge.ts'
import { minuteMs } from './minutes.ts'
import type { Levels } from './settings.ts'
import { shareOfStart } from './statistics/onset.ts'
import { sum } from './statistics/strata.ts'
import { againstAtMost, logMixture } from './statistics/test-martingale.ts'

/** The traffic and time that a metric still needs for a decision if traffic stays as it is. */
export interface Forecast {
  /** Invocations of the candidate. */
  moreInvocations: number
  /** Milliseconds at the candidate's traffic of the last minutes; undefined if it had none. */
  remainingMs: number | undefined
}

/** Beyond this multiple of the data a forecast is a guess. */
const furthest = 1000

/** The minutes that count as the present traffic: enough for an average, few enough to follow a change of weight. */
const presentMinutes = 10

/**
 * Finds the multiple of the data, in the same proportions, at which the metric would pass or fail. Undefined if there
 * are no data yet, or the wait would be too long.
 */
export function forecast(
  minutes: readonly Minute[],
  comparison: Comparison,
  settings: ComparisonSettings,
  levels: Levels,
): Forecast | undefined {
  const invocations = sum(minutes, ({ candidate }) => candidate.invocations)
  if (invocations === 0 || comparison.samples.length === 0) return undefined
  const scale = Math.max(
    decisiveScale(comparison, levels),
    settings.minimumInvocations / invocations,
    settings.minimumMinutes / comparison.samples.length,
  )
  if (scale > furthest) return undefined
  const moreInvocations = Math.max(1, Math.ceil((scale - 1) * invocations))
  const remainingMs = Math.ceil(moreInvocations / invocationsPerMs(minutes))
  return { moreInvocations, remainingMs: Number.isFinite(remainingMs) ? remainingMs : undefined }
}

function decisiveScale(comparison: Comparison, levels: Levels): number {
  const worse = againstAtMost(comparison.samples, 1)
  const needed = -Math.log(levels.fail * shareOfStart(0))
  const matters = comparison.matters(0)
  const decided = (scale: number) =>
    wouldPass(comparison, levels, scale) || (matters && logMixture(worse, scale) >= needed)
  let [low, high] = [1, 1]
  while (!decided(high)) {
    if (high > furthest) return Number.POSITIVE_INFINITY
    low = high
    high *= 2
  }
  while (high - low > 0.01 * high) {
    const middle = (low + high) / 2
    if (decided(middle)) high = middle
    else low = middle
  }
  return high
}

function invocationsPerMs(minutes: readonly Minute[]): number {
  const [first, last] = [minutes[0]?.time ?? 0, minutes.at(-1)?.time ?? 0]
  const span = Math.min(last - first + minuteMs, presentMinutes * minuteMs)
  const present = minutes.filter(({ time }) => time > last - span)
  return sum(present, ({ candidate }) => candidate.invocations) / span
}

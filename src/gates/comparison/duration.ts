import type { ComparisonSettings, Minute, Percentile } from '../../release/plan/comparison.ts'
import type { Comparison, Figures } from './judge.ts'
import type { Sample } from './minutes.ts'
import type { Levels } from './settings.ts'
import { medianInterval } from './statistics/median-interval.ts'
import { againstAtLeast } from './statistics/test-martingale.ts'

/**
 * The invocations of each version that a minute needs for a meaningful percentile: ten of them are expected to be
 * slower. A percentile of fewer invocations depends on the way of counting, most of all for the version with less
 * traffic.
 */
const neededInvocations: Record<Percentile, number> = { p50: 20, p90: 100, p99: 1000 }

interface Pair extends Sample {
  candidateMs: number
  stableMs: number
}

/**
 * Compares a percentile by a sequential sign test over minutes (the paired sign test; sequential by betting on the
 * signs, Ville 1939). Its null hypothesis: in at most every other minute the candidate is slower by a difference that
 * matters. This is the test of rates, where "slower" and "not slower" stand for the events of two versions with equal
 * traffic. It assumes nothing about the distribution of durations.
 */
export function durationComparison(
  minutes: readonly Minute[],
  percentile: Percentile,
  settings: ComparisonSettings,
): Comparison {
  const pairs = minutes.flatMap((minute) => pairOf(minute, percentile, settings) ?? [])
  return {
    samples: pairs,
    // The null hypothesis already contains the difference that matters.
    matters: () => true,
    passTests: [againstAtLeast(pairs, 1)],
    figures: (from, levels) => figures(pairs.slice(from), levels),
  }
}

function pairOf(
  { time, candidate, stable }: Minute,
  percentile: Percentile,
  { durationRatio, durationFloorMs }: ComparisonSettings,
): Pair | undefined {
  if (Math.min(candidate.invocations, stable.invocations) < neededInvocations[percentile]) return undefined
  const [candidateMs, stableMs] = [candidate.durationMs?.[percentile], stable.durationMs?.[percentile]]
  if (!isDuration(candidateMs) || !isDuration(stableMs)) return undefined
  const slower = candidateMs >= Math.max(stableMs * durationRatio[percentile], stableMs + durationFloorMs)
  return {
    time,
    candidate: { events: slower ? 1 : 0, trials: 1 },
    stable: { events: slower ? 0 : 1, trials: 1 },
    candidateMs,
    stableMs,
  }
}

function isDuration(value: number | undefined): value is number {
  return value !== undefined && Number.isFinite(value) && value > 0
}

function figures(pairs: readonly Pair[], levels: Levels): Figures {
  const ratios = pairs.map(({ candidateMs, stableMs }) => candidateMs / stableMs)
  return {
    candidate: median(pairs.map(({ candidateMs }) => candidateMs)),
    stable: median(pairs.map(({ stableMs }) => stableMs)),
    ratio: median(ratios),
    interval: medianInterval(ratios, levels.fail, levels.pass),
  }
}

function median(values: readonly number[]): number | undefined {
  const sorted = values.toSorted((one, other) => one - other)
  const [low, high] = [sorted[Math.floor((sorted.length - 1) / 2)], sorted[Math.floor(sorted.length / 2)]]
  return low === undefined || high === undefined ? undefined : (low + high) / 2
}

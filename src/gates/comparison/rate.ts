import type { ComparisonSettings, Minute, Traffic } from '../../release/plan/comparison.ts'
import type { Comparison, Figures } from './judge.ts'
import type { Sample } from './minutes.ts'
import type { Levels } from './settings.ts'
import { lowerEnd, upperEnd } from './statistics/confidence-sequence.ts'
import { type Count, pooledRate, rateDifference, rateRatio } from './statistics/strata.ts'
import { againstAtLeast, againstExcess } from './statistics/test-martingale.ts'

/** Errors among the invocations of a version. */
export function errorCount({ invocations, errors }: Traffic): Count {
  return { events: errors, trials: invocations }
}

/** Throttled requests among all requests to a version. */
export function throttleCount({ invocations, throttles }: Traffic): Count {
  return { events: throttles, trials: invocations + throttles }
}

/**
 * Compares rates over the minutes in which both versions had traffic. Either of two tests can pass it: the ratio, or
 * the difference, is surely below the limit that matters. If stable has hardly any errors, only the difference can
 * decide.
 */
export function rateComparison(
  minutes: readonly Minute[],
  count: (traffic: Traffic) => Count,
  { errorRateRatio, errorRateFloor }: ComparisonSettings,
): Comparison {
  const samples = minutes
    .map(({ time, candidate, stable }) => ({ time, candidate: count(candidate), stable: count(stable) }))
    .filter(({ candidate, stable }) => candidate.trials > 0 && stable.trials > 0)
  return {
    samples,
    matters: (from) => {
      const seen = samples.slice(from)
      return rateRatio(seen) >= errorRateRatio && rateDifference(seen) >= errorRateFloor
    },
    passTests: [againstAtLeast(samples, errorRateRatio), againstExcess(samples, errorRateFloor)],
    figures: (from, levels) => figures(samples.slice(from), levels),
  }
}

function figures(samples: readonly Sample[], levels: Levels): Figures {
  return {
    candidate: finite(pooledRate(samples, 'candidate')),
    stable: finite(pooledRate(samples, 'stable')),
    ratio: finite(rateRatio(samples)),
    interval: {
      low: lowerEnd(samples, levels.fail),
      // The ratio gets half of the level for passing, the difference gets the other half.
      high: finite(upperEnd(samples, levels.pass / 2)),
    },
  }
}

function finite(value: number): number | undefined {
  return Number.isFinite(value) ? value : undefined
}

import type { Stratum } from './strata.ts'
import { againstAtLeast, againstAtMost, logMixture } from './test-martingale.ts'

/** Ratios beyond these are as good as none. */
const [lowest, highest] = [1e-6, 1e6]

/**
 * The lower end of a confidence sequence for the rate ratio: the tests of every ratio, inverted (Howard, Ramdas,
 * McAuliffe and Sekhon, Annals of Statistics 49, 2021). All looks together, it is above the true ratio with probability
 * `level` at most. 0 where nothing bounds it.
 */
export function lowerEnd(strata: readonly Stratum[], level: number): number {
  const excluded = (ratio: number) => logMixture(againstAtMost(strata, ratio)) >= -Math.log(level)
  if (!excluded(lowest)) return 0
  return Math.exp(boundary((logRatio) => excluded(Math.exp(logRatio))))
}

/** The upper end, likewise. Infinite where nothing bounds it, as long as stable has no events. */
export function upperEnd(strata: readonly Stratum[], level: number): number {
  const excluded = (ratio: number) => logMixture(againstAtLeast(strata, ratio)) >= -Math.log(level)
  if (!excluded(highest)) return Number.POSITIVE_INFINITY
  return Math.exp(boundary((logRatio) => !excluded(Math.exp(logRatio))))
}

/**
 * Where `holds` ends, by bisection of the logarithms. There is one such place: the likelihood is log-concave in the
 * logarithm of the ratio.
 */
function boundary(holds: (logRatio: number) => boolean): number {
  let [low, high] = [Math.log(lowest), Math.log(highest)]
  for (let halving = 0; halving < 40; halving += 1) {
    const middle = (low + high) / 2
    if (holds(middle)) low = middle
    else high = middle
  }
  return (low + high) / 2
}

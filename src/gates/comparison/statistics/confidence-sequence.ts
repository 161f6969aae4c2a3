import type { Stratum } from './strata.ts'
import { againstAtLeast, againstAtMost, logMixture } from './test-martingale.ts'

/** Ratios outside of these bounds count as unbounded. */
const [lowest, highest] = [1e-6, 1e6]

/**
 * The lower end of a confidence sequence for the rate ratio: the tests of every ratio, inverted (Howard, Ramdas,
 * McAuliffe and Sekhon, Annals of Statistics 49, 2021). For all looks together it is above the true ratio with a
 * probability of at most `level`. 0 if nothing bounds the ratio.
 */
export function lowerEnd(strata: readonly Stratum[], level: number): number {
  const excluded = (ratio: number) => logMixture(againstAtMost(strata, ratio)) >= -Math.log(level)
  if (!excluded(lowest)) return 0
  return Math.exp(boundary((logRatio) => excluded(Math.exp(logRatio))))
}

/**
 * The upper end of a confidence sequence for the rate ratio. Infinite if nothing bounds it, as long as stable has no
 * events.
 */
export function upperEnd(strata: readonly Stratum[], level: number): number {
  const excluded = (ratio: number) => logMixture(againstAtLeast(strata, ratio)) >= -Math.log(level)
  if (!excluded(highest)) return Number.POSITIVE_INFINITY
  return Math.exp(boundary((logRatio) => !excluded(Math.exp(logRatio))))
}

/**
 * The place where `holds` ends, by bisection of the logarithms. There is one such place: the likelihood is log-concave
 * in the logarithm of the ratio.
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

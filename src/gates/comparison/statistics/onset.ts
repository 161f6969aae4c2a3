import type { Stratum } from './strata.ts'
import { factors, logLikelihoodRatio, logMixture } from './test-martingale.ts'

/** The minute from which on the candidate looks worst. */
export interface Onset {
  /** Index of the first stratum that counts. */
  from: number
  /** Logarithm of the evidence since then that the candidate is worse, reduced by the share of the start. */
  logEvidence: number
}

/**
 * The share of the level for tests that start at a minute. The first minute gets half; the later ones share the rest,
 * 1/2 (1/1·2 + 1/2·3 + …), so a candidate that becomes worse late is not excused by its good hours. The shares add up
 * to 1, so the level holds for all starts together (the starts of Shiryaev's and Roberts' change-point statistics,
 * under a union bound).
 */
export function shareOfStart(from: number): number {
  return from === 0 ? 1 / 2 : 1 / (2 * from * (from + 1))
}

/**
 * The start with the most evidence against "the candidate's rate is at most stable's", among the starts where `matters`
 * finds the effect large enough to act on; undefined if there is none.
 *
 * @param strata in the order of time
 */
export function strongestOnset(
  strata: readonly Stratum[],
  matters: (from: number) => boolean,
): Onset | undefined {
  const logRatios = factors.map(() => 0)
  let strongest: Onset | undefined
  for (let from = strata.length - 1; from >= 0; from -= 1) {
    const stratum = strata[from]
    if (!stratum) continue
    factors.forEach((factor, index) => {
      logRatios[index] = (logRatios[index] ?? 0) + logLikelihoodRatio(stratum, factor, 1)
    })
    const logEvidence = logMixture(logRatios) + Math.log(shareOfStart(from))
    if (logEvidence > (strongest?.logEvidence ?? Number.NEGATIVE_INFINITY) && matters(from))
      strongest = { from, logEvidence }
  }
  return strongest
}

import type { Stratum } from './strata.ts'

/**
 * The alternatives to the tested ratio, as factors above or below it: the points of the mixture, equally weighted. The
 * first factor detects a difference of 5%, the last one is close to "only one of them has errors".
 */
export const factors = [1.1, 1.25, 1.5, 2, 3, 5, 10, 30]

/**
 * The logarithm of the likelihood ratio of a minute: the candidate's rate is `alternative` times stable's, against
 * `ratio` times. Given the minute's events, each is the candidate's with probability r n_c / (r n_c + n_s), the
 * conditional comparison of two Poisson rates (Przyborowski and Wilenski, Biometrika 31, 1940).
 *
 * It is a test supermartingale for binomial counts too, at any rate, even if rates and weights change by the minute. An
 * event of the candidate multiplies it by a, one of stable by b; its expectation is at most exp(n_c p_c (a - 1) + n_s
 * p_s (b - 1)), which is 1 at p_c = ratio p_s. At ratio 1 the failures need not be independent: a random weight deals
 * out the traffic, so the failing version is hypergeometric, and Hoeffding (1963, theorem 4) bounds that by the
 * binomial.
 */
export function logLikelihoodRatio(
  { candidate, stable }: Stratum,
  alternative: number,
  ratio: number,
): number {
  const events = candidate.events + stable.events
  if (events === 0) return 0
  const likelier =
    (ratio * candidate.trials + stable.trials) / (alternative * candidate.trials + stable.trials)
  return candidate.events * Math.log(alternative / ratio) + events * Math.log(likelier)
}

/** Log likelihood ratios against "the candidate's rate is at most `ratio` times stable's", one for each alternative. */
export function againstAtMost(strata: readonly Stratum[], ratio: number): number[] {
  return factors.map((factor) =>
    total(strata, (stratum) => logLikelihoodRatio(stratum, ratio * factor, ratio)),
  )
}

/**
 * Log likelihood ratios against "the candidate's rate is at least `ratio` times stable's", one for each alternative.
 */
export function againstAtLeast(strata: readonly Stratum[], ratio: number): number[] {
  return factors.map((factor) =>
    total(strata, (stratum) => logLikelihoodRatio(stratum, ratio / factor, ratio)),
  )
}

/**
 * Log evidence against "the candidate's rate is at least stable's plus `difference`", one for each alternative. It is
 * the likelihood ratio at ratio 1, times exp(n_c difference (1 - a)). By the bound of `logLikelihoodRatio` its
 * expectation is at most exp(-n_c (1 - a) (p_c - p_s - difference)) (sub-Poisson: Howard, Ramdas, McAuliffe and Sekhon,
 * Probability Surveys 17, 2020). This test decides if neither version has errors.
 */
export function againstExcess(strata: readonly Stratum[], difference: number): number[] {
  return factors.map((factor) => {
    const alternative = 1 / factor
    return total(strata, (stratum) => {
      const { candidate, stable } = stratum
      const lessThanOne =
        (stable.trials * (1 - alternative)) / (alternative * candidate.trials + stable.trials)
      return logLikelihoodRatio(stratum, alternative, 1) + candidate.trials * difference * lessThanOne
    })
  })
}

/**
 * The method of mixtures (Robbins, Annals of Mathematical Statistics 41, 1970; mSPRT in Johari, Pekelis and Walsh,
 * 2015): the mean of likelihood ratios is a likelihood ratio; this returns its logarithm. By Ville's inequality the
 * mean ever reaches 1/level with a probability of at most `level`, for any number of looks.
 *
 * @param scale counts the data this many times, in the same proportions
 */
export function logMixture(logRatios: readonly number[], scale = 1): number {
  const highest = Math.max(...logRatios) * scale
  const spread = logRatios.reduce((all, logRatio) => all + Math.exp(logRatio * scale - highest), 0)
  return highest + Math.log(spread / logRatios.length)
}

function total(strata: readonly Stratum[], of: (stratum: Stratum) => number): number {
  return strata.reduce((all, stratum) => all + of(stratum), 0)
}

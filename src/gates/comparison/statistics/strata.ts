/** The events of one version in a minute, and its trials. */
export interface Count {
  events: number
  trials: number
}

/**
 * Both versions in the same minute. Each minute is a stratum of its own, so a burst that hits both versions is no
 * evidence.
 */
export interface Stratum {
  candidate: Count
  stable: Count
}

/**
 * The candidate's rate divided by stable's, each minute compared within itself: the rate ratio of Mantel and Haenszel,
 * in Rothman's form (Modern Epidemiology, 1986). Infinite if only the candidate had events, NaN if neither had.
 */
export function rateRatio(strata: readonly Stratum[]): number {
  const candidate = sum(
    strata,
    (stratum) => (stratum.candidate.events * stratum.stable.trials) / trials(stratum),
  )
  const stable = sum(
    strata,
    (stratum) => (stratum.stable.events * stratum.candidate.trials) / trials(stratum),
  )
  return candidate / stable
}

/**
 * The candidate's rate minus stable's, each minute compared within itself: the risk difference of Mantel and Haenszel
 * (Greenland and Robins, Biometrics 41, 1985).
 */
export function rateDifference(strata: readonly Stratum[]): number {
  const excess = sum(
    strata,
    (stratum) =>
      (stratum.candidate.events * stratum.stable.trials - stratum.stable.events * stratum.candidate.trials) /
      trials(stratum),
  )
  return (
    excess / sum(strata, (stratum) => (stratum.candidate.trials * stratum.stable.trials) / trials(stratum))
  )
}

/** Events over trials of one side, all minutes together; NaN without trials. */
export function pooledRate(strata: readonly Stratum[], side: keyof Stratum): number {
  return sum(strata, (stratum) => stratum[side].events) / sum(strata, (stratum) => stratum[side].trials)
}

export function sum<Item>(items: readonly Item[], of: (item: Item) => number): number {
  return items.reduce((total, item) => total + of(item), 0)
}

function trials({ candidate, stable }: Stratum): number {
  return candidate.trials + stable.trials
}

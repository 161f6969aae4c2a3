import { againstAtMost, logMixture } from './test-martingale.ts'

/**
 * A confidence sequence for a median, by inverting the sequential sign test: its ends are order statistics (Howard and
 * Ramdas, Bernoulli 28, 2022). `low` is 0 and `high` undefined while there are too few values to bound the median.
 *
 * @param lowLevel the probability that the median is ever below the interval
 * @param highLevel the probability that it is ever above
 */
export function medianInterval(
  values: readonly number[],
  lowLevel: number,
  highLevel: number,
): { low: number; high: number | undefined } {
  const sorted = values.toSorted((one, other) => one - other)
  const above = fewestOnOneSide(sorted.length, lowLevel)
  const below = fewestOnOneSide(sorted.length, highLevel)
  return {
    low: above === undefined ? 0 : (sorted[sorted.length - above] ?? 0),
    high: below === undefined ? undefined : sorted[below - 1],
  }
}

/**
 * How many of `count` values must be on one side of a number to prove that it is not the median; undefined if even all
 * are too few.
 */
function fewestOnOneSide(count: number, level: number): number | undefined {
  for (let onOneSide = 0; onOneSide <= count; onOneSide += 1) {
    const signs = {
      candidate: { events: onOneSide, trials: count },
      stable: { events: count - onOneSide, trials: count },
    }
    if (logMixture(againstAtMost([signs], 1)) >= -Math.log(level)) return onOneSide
  }
  return undefined
}

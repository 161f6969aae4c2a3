/** The invocations of a minute, and the sum of an amount over them. */
export interface MinuteSum {
  /** Its begin, milliseconds since the epoch. */
  time: number
  count: number
  sum: number
}

/** A figure with its 95% confidence interval; absent if there are too few minutes for one. */
export interface WithInterval {
  /** In the unit of the figure: US dollars, or a ratio. */
  value: number
  /** In the same unit: US dollars, or a ratio. */
  interval?: { low: number; high: number }
}

/** A value of a minute that begins so. */
interface MinuteValue {
  time: number
  value: number
}

/** The minutes for which CloudWatch has both the invocations and the sum of their amounts. */
export function minuteSums(counts: readonly MinuteValue[], sums: readonly MinuteValue[]): MinuteSum[] {
  const sumAt = new Map(sums.map(({ time, value }) => [time, value]))
  return counts.flatMap(({ time, value: count }) => {
    const sum = sumAt.get(time)
    return sum === undefined || count === 0 ? [] : [{ time, count, sum }]
  })
}

/** Fewer minutes say too little about how minutes differ. */
const leastMinutes = 10

/** The mean of an amount over all invocations of some minutes; undefined without any. */
export function meanWithInterval(minutes: readonly MinuteSum[]): WithInterval | undefined {
  return jackknife(minutes, (without) => meanOf(minutes, without))
}

/** The mean of one version's amounts by that of another's, in the same minutes; undefined without any. */
export function ratioWithInterval(
  pairs: readonly { candidate: MinuteSum; stable: MinuteSum }[],
): WithInterval | undefined {
  const [candidate, stable] = [pairs.map((pair) => pair.candidate), pairs.map((pair) => pair.stable)]
  return jackknife(pairs, (without) => meanOf(candidate, without) / meanOf(stable, without))
}

function meanOf(minutes: readonly MinuteSum[], without: number | undefined): number {
  let [count, sum] = [0, 0]
  for (const [index, minute] of minutes.entries()) {
    if (index === without) continue
    count += minute.count
    sum += minute.sum
  }
  return sum / count
}

/**
 * A figure of minutes with the interval that their differences give: the delete-one jackknife of its logarithm (Quenouille
 * 1956, Tukey 1958), with Student's t. Requests of one minute may depend on each other; minutes are taken as independent.
 *
 * @param figure of all minutes, or of all without one, by its index
 */
function jackknife(
  minutes: readonly unknown[],
  figure: (without: number | undefined) => number,
): WithInterval | undefined {
  const count = minutes.length
  const value = figure(undefined)
  if (!Number.isFinite(value) || value <= 0) return undefined
  if (count < leastMinutes) return { value }
  const partial = minutes.map((_, index) => Math.log(figure(index)))
  const mean = partial.reduce((sum, each) => sum + each, 0) / count
  const spread = partial.reduce((sum, each) => sum + (each - mean) ** 2, 0)
  const half = studentT(count - 1) * Math.sqrt(((count - 1) / count) * spread)
  return { value, interval: { low: value * Math.exp(-half), high: value * Math.exp(half) } }
}

/** The 97.5% quantile of Student's t, to 0.01 from 9 degrees of freedom on (the expansion of Cornish and Fisher). */
function studentT(degrees: number): number {
  const z = 1.959964
  return z + (z ** 3 + z) / (4 * degrees) + (5 * z ** 5 + 16 * z ** 3 + 3 * z) / (96 * degrees ** 2)
}

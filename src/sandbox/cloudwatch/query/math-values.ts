/** Values by the start of their period, in the order of time. */
export type Points = ReadonlyMap<number, number>

/** The value of an expression: a number, a time series, or several time series by their ids. */
export type MathValue = number | Points | readonly Points[]

export function isList(value: MathValue): value is readonly Points[] {
  return Array.isArray(value)
}

/** Applies a function of one number to each value. */
export function mapped(value: MathValue, apply: (value: number) => number): MathValue {
  if (typeof value === 'number') return apply(value)
  if (isList(value)) return value.map((points) => mapPoints(points, apply))
  return mapPoints(value, apply)
}

function mapPoints(points: Points, apply: (value: number) => number): Points {
  const found = new Map<number, number>()
  for (const [time, value] of points) {
    const result = apply(value)
    if (Number.isFinite(result)) found.set(time, result)
  }
  return found
}

/**
 * Applies a function of two numbers. As in CloudWatch, a period has a value only if both sides have one, and a division
 * by zero has none.
 */
export function combined(
  left: MathValue,
  right: MathValue,
  apply: (left: number, right: number) => number,
): MathValue {
  if (typeof right === 'number') return mapped(left, (value) => apply(value, right))
  if (typeof left === 'number') return mapped(right, (value) => apply(left, value))
  if (isList(left))
    return left.map((points, index) => pointwise(points, isList(right) ? right[index] : right, apply))
  if (isList(right)) return right.map((points) => pointwise(left, points, apply))
  return pointwise(left, right, apply)
}

function pointwise(
  left: Points,
  right: Points | undefined,
  apply: (left: number, right: number) => number,
): Points {
  const found = new Map<number, number>()
  for (const [time, value] of left) {
    const result = apply(value, right?.get(time) ?? Number.NaN)
    if (Number.isFinite(result)) found.set(time, result)
  }
  return found
}

/** The values of several series in each period that has any, in the order of time. */
export function byTime(series: readonly Points[]): [time: number, values: number[]][] {
  const times = new Map<number, number[]>()
  for (const points of series) {
    for (const [time, value] of points) times.set(time, [...(times.get(time) ?? []), value])
  }
  return [...times].toSorted(([left], [right]) => left - right)
}

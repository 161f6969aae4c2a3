import type { Value } from './node.ts'

/** The present values of an argument in all events, and the second argument. */
type Aggregate = (values: readonly (string | number | boolean)[], second: Value) => Value

const numbers = (values: readonly (string | number | boolean)[]) =>
  values.map(Number).filter((value) => !Number.isNaN(value))
const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0)

/** The functions of the values of all events of a group. `count(*)` counts the events. */
export const aggregates: Readonly<Record<string, Aggregate>> = {
  count: (values) => values.length,
  count_distinct: (values) => new Set(values).size,
  sum: (values) => sum(numbers(values)),
  avg: (values) => (numbers(values).length === 0 ? undefined : sum(numbers(values)) / numbers(values).length),
  min: (values) => numbers(values).toSorted((one, other) => one - other)[0],
  max: (values) => numbers(values).toSorted((one, other) => other - one)[0],
  pct: (values, percent) => {
    const sorted = numbers(values).toSorted((one, other) => one - other)
    return sorted[Math.max(0, Math.ceil((Number(percent) / 100) * sorted.length) - 1)]
  },
  earliest: (values) => values[0],
  latest: (values) => values.at(-1),
}

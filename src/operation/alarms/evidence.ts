import type { AlarmSeries, WholeAlarm } from '../../release/values/alarms.ts'
import { errorRateExpression } from './definitions.ts'

/** The value of a period. */
export interface Value {
  /** The begin of the period, milliseconds since the epoch. */
  time: number
  /** In the unit of the alarm's metric. */
  value: number
}

/**
 * The proof by real data that an alarm can fire: its values in a time, against its threshold. Without values it has seen
 * nothing, which proves nothing.
 */
export interface Evidence {
  /** The time that each value covers, as the alarm has it; milliseconds. */
  periodMs: number
  /** Periods with a value. */
  values: number
  /** How many of them breach the threshold. */
  breaching: number
  /** The value closest to firing, or beyond; undefined without values. */
  worst?: Value
}

/** The series that have to be read for the evidence of an alarm; undefined if its values can't be computed here. */
export function readFor({ series, threshold, comparison }: WholeAlarm): AlarmSeries[] | undefined {
  if (threshold === undefined || !(comparison in breaches)) return undefined
  const returned = series.find(({ returns }) => returns)
  if (returned?.metric) return isReadable(returned) ? [returned] : undefined
  const inputs = ['errors', 'invocations'].flatMap((id) => series.find((each) => each.id === id) ?? [])
  const isOurs = returned?.expression === errorRateExpression && inputs.length === 2
  const [period, ...others] = new Set(inputs.map(({ metric }) => metric?.periodMs))
  return isOurs && period !== undefined && others.length === 0 && inputs.every(isReadable)
    ? inputs
    : undefined
}

/** @param read the values of each series of `readFor`, in its order, for periods of their length */
export function evidenceOf(alarm: WholeAlarm, read: readonly (readonly Value[])[]): Evidence {
  const { threshold = 0, comparison } = alarm
  const values = valuesOf(read)
  const breaching = values.filter(({ value }) => breaches[comparison]?.(value, threshold)).length
  const sorted = values.toSorted((one, other) => other.value - one.value)
  const worst = comparison.startsWith('LessThan') ? sorted.at(-1) : sorted[0]
  const periodMs = readFor(alarm)?.[0]?.metric?.periodMs ?? minuteMs
  return { periodMs, values: values.length, breaching, ...(worst && { worst }) }
}

const breaches: Readonly<Record<string, (value: number, threshold: number) => boolean>> = {
  GreaterThanThreshold: (value, threshold) => value > threshold,
  GreaterThanOrEqualToThreshold: (value, threshold) => value >= threshold,
  LessThanThreshold: (value, threshold) => value < threshold,
  LessThanOrEqualToThreshold: (value, threshold) => value <= threshold,
}

/** One series as it is, or the percentage of the first in the second. */
function valuesOf([first = [], second]: readonly (readonly Value[])[]): readonly Value[] {
  if (!second) return first
  const errors = new Map(first.map(({ time, value }) => [time, value]))
  return second.flatMap(({ time, value: invocations }) => {
    const failed = errors.get(time)
    return failed === undefined || invocations === 0 ? [] : [{ time, value: (100 * failed) / invocations }]
  })
}

/** Whether it is one of Lambda's metrics for a function, an alias or a version, in periods of whole minutes. */
function isReadable({ metric }: AlarmSeries): boolean {
  if (metric?.namespace !== 'AWS/Lambda') return false
  const { dimensions, periodMs = minuteMs, unit } = metric
  // Its values are read in every unit.
  if (unit !== undefined) return false
  const { FunctionName: name, Resource: resource } = dimensions
  const isOfAlias = resource === undefined || (name !== undefined && resource.startsWith(`${name}:`))
  return isOfAlias && Object.keys(dimensions).every((each) => known.has(each)) && periodMs % minuteMs === 0
}

const minuteMs = 60_000
const known: ReadonlySet<string> = new Set(['FunctionName', 'Resource', 'ExecutedVersion'])

import { invalidValue } from './errors.ts'
import { byTime, isList, type MathValue, mapped, type Points } from './math-values.ts'

/** The span and the period of an expression, milliseconds: FILL needs the periods that have no value. */
export interface Grid {
  /** Inclusive, rounded down to the period. */
  start: number
  /** Exclusive. */
  end: number
  period: number
}

export type Argument = MathValue | string

type MathFunction = (given: readonly Argument[], grid: Grid) => MathValue

const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0)
const average = (values: readonly number[]) => sum(values) / values.length
const deviation = (values: readonly number[]) => {
  const mean = average(values)
  return Math.sqrt(average(values.map((value) => (value - mean) ** 2)))
}

/** Of one series a number; of several a series. */
const aggregate =
  (name: string, of: (values: readonly number[]) => number): MathFunction =>
  ([value]) => {
    if (value instanceof Map) return of([...(value as Points).values()])
    if (value === undefined || typeof value !== 'object') throw wrongArguments(name)
    return new Map(byTime(value as readonly Points[]).map(([time, values]) => [time, of(values)]))
  }

const each =
  (name: string, apply: (value: number) => number): MathFunction =>
  ([value]) => {
    if (value === undefined || typeof value === 'string') throw wrongArguments(name)
    return mapped(value, apply)
  }

/** Applies a function to a series, or to each of several. */
function ofEach(name: string, value: Argument | undefined, ofOne: (points: Points) => Points): MathValue {
  if (value === undefined || typeof value !== 'object') throw wrongArguments(name)
  return value instanceof Map ? ofOne(value as Points) : (value as readonly Points[]).map(ofOne)
}

/** A function of the values in the order of time; it leaves a period out by NaN. */
const running =
  (name: string, step: (points: readonly [number, number][], index: number) => number): MathFunction =>
  ([value]) =>
    ofEach(name, value, (points) => {
      const all = [...points]
      const found = all.map(([time], index): [number, number] => [time, step(all, index)])
      return new Map(found.filter(([, result]) => Number.isFinite(result)))
    })

function runningSum(points: Points): Points {
  let total = 0
  return new Map(Array.from(points, ([time, one]): [number, number] => [time, (total += one)]))
}

const difference = (points: readonly [number, number][], index: number) =>
  (points[index]?.[1] ?? 0) - (points[index - 1]?.[1] ?? Number.NaN)
const seconds = (points: readonly [number, number][], index: number) =>
  ((points[index]?.[0] ?? 0) - (points[index - 1]?.[0] ?? 0)) / 1000

/** The functions of metric math, as CloudWatch's guide says; METRICS and IF have arguments of their own kinds. */
const functions = {
  SUM: aggregate('SUM', sum),
  AVG: aggregate('AVG', average),
  MIN: aggregate('MIN', (values) => Math.min(...values)),
  MAX: aggregate('MAX', (values) => Math.max(...values)),
  STDDEV: aggregate('STDDEV', deviation),
  METRIC_COUNT: ([value]: readonly Argument[]) =>
    value !== undefined && typeof value === 'object' && !(value instanceof Map)
      ? (value as readonly Points[]).length
      : 1,
  DATAPOINT_COUNT: aggregate('DATAPOINT_COUNT', (values) => values.length),
  ABS: each('ABS', Math.abs),
  CEIL: each('CEIL', Math.ceil),
  FLOOR: each('FLOOR', Math.floor),
  LOG: each('LOG', Math.log),
  LOG10: each('LOG10', Math.log10),
  DIFF: running('DIFF', difference),
  DIFF_TIME: running('DIFF_TIME', (points, index) => (index === 0 ? Number.NaN : seconds(points, index))),
  RATE: running('RATE', (points, index) => difference(points, index) / seconds(points, index)),
  RUNNING_SUM: ([value]: readonly Argument[]) => ofEach('RUNNING_SUM', value, runningSum),
  PERIOD: (_given: readonly Argument[], { period }: Grid) => period / 1000,
  TIME_SERIES: ([value]: readonly Argument[], grid: Grid) => {
    if (typeof value !== 'number') throw wrongArguments('TIME_SERIES')
    return new Map(timesOf(grid).map((time) => [time, value]))
  },
  FILL: ([value, filling]: readonly Argument[], grid: Grid) => {
    if (filling === undefined) throw wrongArguments('FILL')
    return ofEach('FILL', value, (points) => filled(points, filling, grid))
  },
  IF: ([condition, then, otherwise]: readonly Argument[]) => chosen(condition, then, otherwise),
  METRICS: (given: readonly Argument[]) => given as readonly Points[],
} satisfies Record<string, MathFunction>

export type FunctionName = keyof typeof functions

export const functionNames = Object.keys(functions) as FunctionName[]

/** @throws ServiceError for arguments of other kinds */
export function call(name: FunctionName, given: readonly Argument[], grid: Grid): MathValue {
  return functions[name](given, grid)
}

function timesOf({ start, end, period }: Grid): number[] {
  const count = Math.max(0, Math.ceil((end - start) / period))
  return Array.from({ length: count }, (_, index) => start + index * period)
}

/** Periods without a value get one: a number, the last value before (REPEAT), or one between (LINEAR). */
function filled(points: Points, filling: Argument, grid: Grid): Points {
  const known = [...points]
  const missing = (time: number): number => {
    if (typeof filling === 'number') return filling
    if (typeof filling === 'object') return (filling as Points).get(time) ?? Number.NaN
    const before = known.findLast(([at]) => at < time)
    const after = known.find(([at]) => at > time)
    if (filling === 'REPEAT') return before?.[1] ?? Number.NaN
    if (filling !== 'LINEAR') throw wrongArguments('FILL')
    if (!before || !after) return Number.NaN
    return before[1] + ((after[1] - before[1]) * (time - before[0])) / (after[0] - before[0])
  }
  const found = timesOf(grid).map((time): [number, number] => [time, points.get(time) ?? missing(time)])
  return new Map(found.filter(([, value]) => Number.isFinite(value)))
}

/** IF(condition, then, otherwise): a number other than 0 is true; without `otherwise` such a period has no value. */
function chosen(
  condition: Argument | undefined,
  then: Argument | undefined,
  otherwise: Argument = Number.NaN,
): MathValue {
  const isSeries = (value: Argument | undefined): value is MathValue =>
    typeof value === 'number' || (value !== undefined && typeof value !== 'string' && !isList(value))
  if (!isSeries(condition) || !isSeries(then) || !isSeries(otherwise)) throw wrongArguments('IF')
  if (typeof condition === 'number') return condition === 0 ? otherwise : then
  const found = new Map<number, number>()
  for (const [time, value] of condition as Points) {
    const side = value === 0 ? otherwise : then
    const result = typeof side === 'number' ? side : ((side as Points).get(time) ?? Number.NaN)
    if (Number.isFinite(result)) found.set(time, result)
  }
  return found
}

function wrongArguments(name: string): Error {
  return invalidValue(`The function ${name} cannot take these arguments.`)
}

import type { ComparisonOperator, StateValue } from '@aws-sdk/client-cloudwatch'
import type { Points } from '../query/math-values.ts'

export type MissingData = 'breaching' | 'notBreaching' | 'ignore' | 'missing'

/**
 * The condition of an alarm: M (`datapointsToAlarm`) of the last N (`evaluationPeriods`) points breach the threshold.
 */
export interface Rule {
  /** In milliseconds. */
  period: number
  evaluationPeriods: number
  datapointsToAlarm: number
  threshold: number
  comparison: ComparisonOperator
  missingData: MissingData
  /** Whether the alarm names M. Only then AWS's reason tells of M and N. */
  isMOfN: boolean
  /** Whether the open period counts as soon as it breaches. */
  openPeriodCounts: boolean
}

export interface Point {
  /** The start of its period, in milliseconds since the epoch. */
  time: number
  value: number
  /** How many values it sums up; absent for a point of an expression. */
  sampleCount?: number
}

/** The result of an evaluation. */
export interface Verdict {
  state: StateValue
  /** The real points that were evaluated, at most `evaluationPeriods`; the newest first. */
  points: Point[]
  breaching: Point[]
  /** How many missing points were treated as breaching or not breaching. */
  filled: number
}

/**
 * CloudWatch looks for real points before the evaluation periods too. Its guide gives only an example: five periods for
 * an alarm over three.
 */
const extraPeriods = 2

/**
 * Evaluates an alarm by CloudWatch's guide.
 *
 * Only whole periods count, with one exception that saves time at the sandbox: if `openPeriodCounts`, the open period
 * counts as the newest as soon as it breaches, since more data cannot undo that.
 *
 * - With N real points in the evaluation range, the newest N decide.
 * - With fewer, `missingData` decides about the missing points.
 * - `missing`: without any real point the state is INSUFFICIENT_DATA. With a point that does not breach it is OK,
 *   unless M others breach. With breaching points only it is ALARM once the oldest is M periods old, and
 *   INSUFFICIENT_DATA before.
 * - `ignore`: the same, except that the alarm keeps its state instead of INSUFFICIENT_DATA.
 *
 * @param points by the start of their period
 * @returns undefined if the alarm keeps its state
 */
export function evaluate(rule: Rule, points: Points, now: number): Verdict | undefined {
  const slots = evaluationRange(rule, points, now)
  const real = slots.flatMap(({ time, value }) => (value === undefined ? [] : [{ time, value }]))
  const considered = real.slice(0, rule.evaluationPeriods)
  const breaching = considered.filter(({ value }) => breaches(rule, value))
  const missing = rule.evaluationPeriods - considered.length
  const verdict = (state: StateValue, filled = 0): Verdict => ({
    state,
    points: considered,
    breaching,
    filled,
  })

  if (missing > 0 && rule.missingData === 'breaching') {
    return verdict(breaching.length + missing >= rule.datapointsToAlarm ? 'ALARM' : 'OK', missing)
  }
  if (missing > 0 && rule.missingData === 'notBreaching') {
    return verdict(breaching.length >= rule.datapointsToAlarm ? 'ALARM' : 'OK', missing)
  }
  if (breaching.length >= rule.datapointsToAlarm) return verdict('ALARM')
  if (missing === 0 || breaching.length < considered.length) return verdict('OK')
  if (rule.missingData === 'ignore') return undefined
  const oldest = slots.findLastIndex(({ value }) => value !== undefined)
  return verdict(oldest + 1 >= rule.datapointsToAlarm ? 'ALARM' : 'INSUFFICIENT_DATA')
}

/** The span that `evaluate` looks at, in milliseconds since the epoch; the end is exclusive. */
export function evaluationSpan(rule: Rule, now: number): { start: number; end: number } {
  const open = Math.floor(now / rule.period) * rule.period
  return { start: open - (rule.evaluationPeriods + extraPeriods) * rule.period, end: open + rule.period }
}

/** The newest first. The open period has a place only if it counts. */
function evaluationRange(
  rule: Rule,
  points: Points,
  now: number,
): { time: number; value?: number | undefined }[] {
  const open = Math.floor(now / rule.period) * rule.period
  const openValue = points.get(open)
  const openCounts = rule.openPeriodCounts && openValue !== undefined && breaches(rule, openValue)
  const newest = openCounts ? open : open - rule.period
  return Array.from({ length: rule.evaluationPeriods + extraPeriods }, (_, index) => {
    const time = newest - index * rule.period
    return { time, value: points.get(time) }
  })
}

function breaches({ comparison, threshold }: Rule, value: number): boolean {
  switch (comparison) {
    case 'GreaterThanThreshold':
      return value > threshold
    case 'GreaterThanOrEqualToThreshold':
      return value >= threshold
    case 'LessThanThreshold':
      return value < threshold
    default:
      return value <= threshold
  }
}

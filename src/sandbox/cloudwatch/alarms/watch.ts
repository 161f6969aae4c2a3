import type { PutMetricAlarmInput } from '@aws-sdk/client-cloudwatch'
import type { Points } from '../query/math-values.ts'
import type { MetricStore, MetricStores } from '../query/metric-store.ts'
import { runQueries, singleQuery } from '../query/query.ts'
import type { CompositeAlarmRecord, MetricAlarmRecord } from './alarm.ts'
import type { AlarmBook, AlarmBooks } from './alarm-book.ts'
import { alarmsOf, holds, nameOf } from './alarm-rule.ts'
import { evaluate, evaluationSpan, type MissingData, type Point, type Rule } from './evaluate.ts'
import { alarmPeriod } from './metric-alarm-checks.ts'
import { javaDate, longDate, stateReason, stateReasonData } from './reason.ts'

/** A moment of evaluation. */
interface Moment {
  /** Milliseconds since the epoch. */
  now: number
  /** Whether a fault keeps an alarm from being evaluated, by its name. */
  isFrozen: (alarm: string) => boolean
}

/** Evaluates every alarm of all Regions at one moment. */
export function evaluateRegions(books: AlarmBooks, stores: MetricStores, moment: Moment): void {
  for (const region of books.regions()) evaluateAlarms(books.of(region), stores.of(region), moment)
}

/** Evaluates the alarms of a Region at one moment: metric alarms first, then composite alarms by the new states. */
function evaluateAlarms(book: AlarmBook, store: MetricStore, { now, isFrozen }: Moment): void {
  const due = book.all().filter(({ heldUntil, name }) => heldUntil <= now && !isFrozen(name))
  for (const alarm of due) if (alarm.kind === 'metric') evaluateMetricAlarm(book, store, alarm, now)
  for (const alarm of due) if (alarm.kind === 'composite') evaluateCompositeAlarm(book, alarm, now)
}

function evaluateMetricAlarm(
  book: AlarmBook,
  store: MetricStore,
  alarm: MetricAlarmRecord,
  now: number,
): void {
  const { definition, state } = alarm
  // A band has to learn from weeks of data. So the state of such an alarm stays as in AWS before that.
  if (definition.ThresholdMetricId !== undefined) return
  const rule = ruleOf(definition)
  const span = evaluationSpan(rule, now)
  if (hasTooFewSamples(store, definition, span)) return
  const verdict = evaluate(rule, pointsOf(store, definition, span), now)
  if (!verdict || verdict.state === state.value) return
  const reason = stateReason(rule, verdict)
  const points = withSampleCounts(store, definition, span, verdict.points)
  const reasonData = stateReasonData(definition, rule, { ...verdict, points }, now)
  book.setState(alarm, { value: verdict.state, reason, reasonData }, now)
}

function evaluateCompositeAlarm(book: AlarmBook, alarm: CompositeAlarmRecord, now: number): void {
  const firing = holds(alarm.rule, (other) => book.get(nameOf(other))?.state.value)
  const value = firing ? 'ALARM' : 'OK'
  if (value === alarm.state.value) return
  book.setState(alarm, { value, ...compositeReason(book, alarm, value) }, now)
}

/** A new alarm tells of all alarms of its rule; later the alarm that changed last is told, as in AWS. */
function compositeReason(book: AlarmBook, { arn, rule, state }: CompositeAlarmRecord, value: string) {
  const children = alarmsOf(rule).flatMap((child) => book.get(nameOf(child)) ?? [])
  const latest = children.toSorted((left, right) => right.state.transitioned - left.state.transitioned)[0]
  const isNew = state.value === 'INSUFFICIENT_DATA'
  const triggeringAlarms = (isNew || !latest ? children : [latest]).map((child) => ({
    arn: child.arn,
    state: { value: child.state.value, timestamp: javaDate(child.state.transitioned) },
  }))
  const reason =
    isNew || !latest
      ? `${arn} was created and its alarm rule evaluates to ${value}`
      : `${latest.arn} transitioned to ${latest.state.value} at ${longDate(latest.state.transitioned)}`
  return { reason, reasonData: JSON.stringify({ triggeringAlarms }) }
}

/** The part of an alarm's definition that decides about its state. */
function ruleOf(definition: PutMetricAlarmInput): Rule {
  const { EvaluationPeriods = 1, DatapointsToAlarm, Threshold = 0, TreatMissingData = 'missing' } = definition
  return {
    period: alarmPeriod(definition) * 1000,
    evaluationPeriods: EvaluationPeriods,
    datapointsToAlarm: DatapointsToAlarm ?? EvaluationPeriods,
    threshold: Threshold,
    comparison: definition.ComparisonOperator ?? 'GreaterThanThreshold',
    missingData: TreatMissingData as MissingData,
    isMOfN: DatapointsToAlarm !== undefined,
    openPeriodCounts: canOnlyRise(definition),
  }
}

/**
 * Tells whether a value above the threshold stays above it when more data come: counts do, averages and rates do not.
 */
function canOnlyRise({ ComparisonOperator, Statistic, Metrics = [] }: PutMetricAlarmInput): boolean {
  const rising = ['Sum', 'Maximum', 'SampleCount']
  const returned = Metrics.find((query) => query.ReturnData !== false)
  const statistic = Statistic ?? returned?.MetricStat?.Stat ?? ''
  return ComparisonOperator?.startsWith('GreaterThan') === true && rising.includes(statistic)
}

/** CloudWatch's guide: a percentile tells something from 10 / (1 - p) values on, one below p50 from 10 / p on. */
function hasTooFewSamples(
  store: MetricStore,
  definition: PutMetricAlarmInput,
  span: { start: number; end: number },
): boolean {
  const { ExtendedStatistic: name = '', EvaluateLowSampleCountPercentile } = definition
  if (EvaluateLowSampleCountPercentile !== 'ignore') return false
  const percent = Number(name.slice(1))
  const newest = [...samplesOf(store, definition, span).values()].at(-1)
  return newest !== undefined && newest < 1000 / (percent < 50 ? percent : 100 - percent)
}

function withSampleCounts(
  store: MetricStore,
  definition: PutMetricAlarmInput,
  span: { start: number; end: number },
  points: readonly Point[],
): Point[] {
  if (definition.Metrics?.length) return [...points]
  const counts = samplesOf(store, definition, span)
  return points.map((point) => {
    const sampleCount = counts.get(point.time)
    return sampleCount === undefined ? point : { ...point, sampleCount }
  })
}

/** The number of values in each period of an alarm on one metric. */
function samplesOf(
  store: MetricStore,
  { ExtendedStatistic: _, ...metric }: PutMetricAlarmInput,
  span: { start: number; end: number },
): Points {
  return pointsOf(store, { ...metric, Statistic: 'SampleCount' }, span)
}

function pointsOf(
  store: MetricStore,
  definition: PutMetricAlarmInput,
  range: { start: number; end: number },
): Points {
  const queries = definition.Metrics?.length ? definition.Metrics : [singleQuery(definition)]
  const returned = queries.find((query) => query.ReturnData !== false)
  return runQueries(store, queries, range).get(returned?.Id ?? '')?.points ?? new Map()
}

import type { MetricDataQuery, PutMetricAlarmInput } from '@aws-sdk/client-cloudwatch'
import type { Points } from '../query/math-values.ts'
import type { MetricStore, MetricStores } from '../query/metric-store.ts'
import { runQueries } from '../query/query.ts'
import type { CompositeAlarmRecord, MetricAlarmRecord } from './alarm.ts'
import type { AlarmBook, AlarmBooks } from './alarm-book.ts'
import { holds } from './alarm-rule.ts'
import { evaluate, evaluationSpan, type MissingData, type Rule } from './evaluate.ts'
import { alarmPeriod } from './metric-alarm-checks.ts'
import { nameOf } from './put-composite-alarm.ts'
import { stateReason, stateReasonData } from './reason.ts'

/** Evaluates every alarm of all Regions at one moment. */
export function evaluateRegions(books: AlarmBooks, stores: MetricStores, now: number): void {
  for (const region of books.regions()) evaluateAlarms(books.of(region), stores.of(region), now)
}

/** Evaluates the alarms of a Region at one moment: metric alarms first, then composite alarms by the new states. */
function evaluateAlarms(book: AlarmBook, store: MetricStore, now: number): void {
  const due = book.all().filter((alarm) => alarm.heldUntil <= now)
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
  const rule = ruleOf(definition)
  const verdict = evaluate(rule, pointsOf(store, definition, evaluationSpan(rule, now)), now)
  if (!verdict || verdict.state === state.value) return
  const reason = stateReason(rule, verdict)
  const reasonData = stateReasonData(definition, rule, verdict, now)
  book.setState(alarm, { value: verdict.state, reason, reasonData }, now)
}

function evaluateCompositeAlarm(book: AlarmBook, alarm: CompositeAlarmRecord, now: number): void {
  const firing = holds(alarm.rule, (other) => book.get(nameOf(other))?.state.value)
  const value = firing ? 'ALARM' : 'OK'
  if (value === alarm.state.value) return
  const reason = `${alarm.arn} transitioned to ${value}: its rule ${alarm.definition.AlarmRule} ${firing ? 'holds' : 'does not hold'}`
  book.setState(alarm, { value, reason }, now)
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

function pointsOf(
  store: MetricStore,
  definition: PutMetricAlarmInput,
  range: { start: number; end: number },
): Points {
  const queries = definition.Metrics?.length ? definition.Metrics : [singleQuery(definition)]
  const returned = queries.find((query) => query.ReturnData !== false)
  return runQueries(store, queries, range).get(returned?.Id ?? '')?.points ?? new Map()
}

function singleQuery(definition: PutMetricAlarmInput): MetricDataQuery {
  const { Namespace, MetricName, Dimensions, Period, Unit, Statistic, ExtendedStatistic } = definition
  const Metric = { Namespace, MetricName, Dimensions }
  return { Id: 'metric', MetricStat: { Metric, Period, Stat: Statistic ?? ExtendedStatistic, Unit } }
}

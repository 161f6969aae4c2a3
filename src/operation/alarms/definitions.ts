import type { AlarmSeries, WholeAlarm } from '../../release/values/alarms.ts'
import { durationWords } from '../../release/values/duration.ts'
import { type AlarmKind, type AlarmLimits, alarmName, kindsIn, type WantedAlarms } from './kinds.ts'

/** The alias that alarms watch. */
export interface WatchedAlias {
  /** The name in Lambda. */
  lambdaName: string
  alias: string
}

/** The percentage of failed invocations, over the series `errors` and `invocations`. */
export const errorRateExpression = '100 * errors / invocations'

/** CloudWatch's shortest period for the metrics of Lambda, milliseconds. */
const periodMs = 60_000

/**
 * The alarms of an alias as the file wants them. They watch the alias and no version: so they see each candidate from its
 * first percent on, and stay the same from release to release. Missing data breach nothing: an alias without traffic has
 * no data, and a release proves its traffic otherwise.
 */
export function definitionsOf(watched: WatchedAlias, wanted: WantedAlarms): WholeAlarm[] {
  return kindsIn(wanted.limits).map((kind) => {
    const { words, ...judged } = judgedBy(kind, wanted.limits, watched)
    return {
      name: alarmName(watched, kind),
      description: `${words} (${watched.lambdaName}:${watched.alias})`,
      ...judged,
      evaluationPeriods: 1,
      datapointsToAlarm: 1,
      missingData: 'notBreaching',
      actions: { areOn: true, ok: wanted.okActions, alarm: wanted.actions, insufficientData: [] },
    }
  })
}

type Judged = Pick<WholeAlarm, 'series' | 'threshold' | 'comparison'> & { words: string }

const above = 'GreaterThanThreshold'
const atLeast = 'GreaterThanOrEqualToThreshold'

function judgedBy(kind: AlarmKind, limits: AlarmLimits, watched: WatchedAlias): Judged {
  const one = (name: string, statistic: string) => [metricOf(watched, { id: 'm', name, statistic }, true)]
  const limit = limits[kind] ?? 0
  if (typeof limit === 'object') return errorRate(limit.percent, watched)
  switch (kind) {
    case 'errors':
      return count('Failed invocations', one('Errors', 'Sum'), limit)
    case 'throttles':
      return count('Throttled requests', one('Throttles', 'Sum'), limit)
    case 'deadLetterErrors':
      return count('Failed deliveries to the dead-letter queue', one('DeadLetterErrors', 'Sum'), limit)
    case 'p99': {
      const words = `The slowest hundredth of the invocations in a minute took above ${durationWords(limit)}`
      return { words, series: one('Duration', 'p99'), threshold: limit, comparison: above }
    }
    case 'iteratorAge': {
      const words = `Records of a stream waited above ${durationWords(limit)}`
      return { words, series: one('IteratorAge', 'Maximum'), threshold: limit, comparison: above }
    }
  }
}

function count(counted: string, series: AlarmSeries[], threshold: number): Judged {
  return { words: `${counted} in a minute: ${threshold} or more`, series, threshold, comparison: atLeast }
}

/** Each invocation counts in both metrics, so wherever one has data the other has too. */
function errorRate(percent: number, watched: WatchedAlias): Judged {
  return {
    words: `Above ${percent}% of the invocations in a minute failed`,
    series: [
      { id: 'rate', expression: errorRateExpression, label: 'percent', returns: true },
      metricOf(watched, { id: 'errors', name: 'Errors', statistic: 'Sum' }, false),
      metricOf(watched, { id: 'invocations', name: 'Invocations', statistic: 'Sum' }, false),
    ],
    threshold: percent,
    comparison: above,
  }
}

function metricOf(
  { lambdaName, alias }: WatchedAlias,
  { id, name, statistic }: { id: string; name: string; statistic: string },
  returns: boolean,
): AlarmSeries {
  const dimensions = { FunctionName: lambdaName, Resource: `${lambdaName}:${alias}` }
  return { id, metric: { namespace: 'AWS/Lambda', name, dimensions, statistic, periodMs }, returns }
}

import { countedTraffic } from '../../release/values/alarms.ts'
import type { Check } from '../../release/values/check.ts'
import type { AlarmMetric, AlarmState } from '../../release/values/observed.ts'
import type { AlarmSelection } from './selection.ts'
import type { AlarmTerms } from './verdict.ts'
import { alarmWords } from './words.ts'

/** The function and alias that the release moves, and how an alarm without data counts. */
export interface GatedAlias extends Pick<AlarmTerms, 'insufficientData'> {
  functionName: string
  alias: string
}

/** A check of an alarm; `fault` decides about the next step. */
export interface AlarmCheck extends Check {
  fault?: { kind: 'none' } | { kind: 'missing' | 'another' | 'no-data' | 'firing'; alarm: string }
}

/**
 * Proves the alarm gate before any shift: every alarm exists, watches this function and alias, isn't firing and has
 * data. There is one check for each alarm. A release without an alarm fails, since it would prove nothing.
 */
export function alarmChecks({ alarms, unfound }: AlarmSelection, gated: GatedAlias): AlarmCheck[] {
  if (alarms.length + unfound.length === 0) {
    return [
      {
        title: 'alarms',
        outcome: 'fail',
        detail: 'no alarm gates this release, so the release would prove nothing',
        fault: { kind: 'none' },
      },
    ]
  }
  return [
    ...alarms.map((alarm) => ({ title: `alarm ${alarm.name}`, ...checkAlarm(alarm, gated) })),
    ...unfound.map(({ wanted, reason, fault }) => ({
      title: `alarm ${wanted}`,
      outcome: 'fail' as const,
      detail: reason,
      fault,
    })),
  ]
}

function checkAlarm(alarm: AlarmState, gated: GatedAlias): Omit<AlarmCheck, 'title'> {
  const stranger = watchesAnother(alarm, gated)
  if (stranger) return { outcome: 'fail', detail: stranger, fault: { kind: 'another', alarm: alarm.name } }
  if (alarm.condition === 'ALARM')
    return {
      outcome: 'fail',
      detail: `it already fires: ${alarmWords(alarm)}`,
      fault: { kind: 'firing', alarm: alarm.name },
    }
  if (alarm.condition === 'INSUFFICIENT_DATA')
    return { ...withoutData(gated), fault: { kind: 'no-data', alarm: alarm.name } }
  if (alarm.metrics) return { outcome: 'pass', detail: `OK, on ${namesOf(alarm.metrics)}` }
  if (!alarm.metric)
    return {
      outcome: 'pass',
      detail: 'OK; lambdactl could not check which function its expression or rule watches',
    }
  return { outcome: 'pass', detail: `OK, on ${alarm.metric.namespace} ${alarm.metric.name}` }
}

function withoutData({ insufficientData = 'inconclusive' }: GatedAlias): Omit<Check, 'title'> {
  switch (insufficientData) {
    case 'inconclusive':
      return {
        outcome: 'warn',
        detail: 'it has no data yet: the canary pauses if it still has none when a step ends',
      }
    case 'pass':
      return {
        outcome: 'warn',
        detail: 'it has no data, which counts as passing: release.insufficientData is pass',
      }
    case 'fail':
      return {
        outcome: 'fail',
        detail: 'it has no data, which counts as failing: release.insufficientData is fail',
      }
  }
}

function namesOf(metrics: readonly AlarmMetric[]): string {
  return [...new Set(metrics.map(({ namespace, name }) => `${namespace} ${name}`))].join(', ')
}

/**
 * The reason why an alarm on Lambda's own metrics can't see this alias's traffic, or undefined. An expression sees it if
 * one of its metrics does.
 */
function watchesAnother({ metric, metrics }: AlarmState, gated: GatedAlias): string | undefined {
  const strangers = (metrics ?? (metric ? [metric] : [])).map((each) => strangeTo(each, gated))
  return strangers.includes(undefined) ? undefined : strangers[0]
}

function strangeTo(metric: AlarmMetric, { functionName, alias }: GatedAlias): string | undefined {
  const counted = countedTraffic(metric, { lambdaName: functionName, alias })
  switch (counted.of) {
    case 'other-function':
      return `it watches the function ${counted.name}, not ${functionName}`
    case 'other-resource':
      return `it watches ${counted.name}, but the traffic of this release goes through ${functionName}:${alias}`
    case 'one-version':
      // The candidate has no number yet.
      return `it watches version ${counted.name} alone, and not the candidate of this release`
    default:
      return undefined
  }
}

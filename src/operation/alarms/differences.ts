import type { AlarmSeries, WholeAlarm } from '../../release/values/alarms.ts'

/** A part of an alarm that differs: CloudWatch has `before`, the file wants `after`. */
export interface Difference {
  part: string
  before: string
  after: string
}

/** The differences between two definitions of an alarm, in words. */
export function differencesOf(before: WholeAlarm, after: WholeAlarm): Difference[] {
  const [old, wanted] = [partsOf(before), partsOf(after)]
  return Object.keys(wanted).flatMap((part) => {
    const [was, is] = [old[part] ?? '', wanted[part] ?? '']
    return was === is ? [] : [{ part, before: was, after: is }]
  })
}

/** The parts of a definition by their names, in words that differ if the parts do. */
function partsOf(alarm: WholeAlarm): Record<string, string> {
  const { actions } = alarm
  return {
    watches: alarm.series.map(seriesWords).toSorted().join('; '),
    threshold: String(
      alarm.threshold ?? (alarm.thresholdSeries === undefined ? 'none' : `the band ${alarm.thresholdSeries}`),
    ),
    comparison: alarm.comparison,
    periods: `${alarm.datapointsToAlarm} of ${alarm.evaluationPeriods}`,
    'missing data': alarm.missingData,
    'low sample count': alarm.lowSamples ?? 'evaluate',
    actions: listed(actions.alarm),
    'actions when OK': listed(actions.ok),
    'actions without data': listed(actions.insufficientData),
    description: alarm.description,
  }
}

/** `p99 of AWS/Lambda Duration each 60 s (FunctionName=…, Resource=…)`, or an expression. */
function seriesWords({ id, metric, expression, periodMs, label, account, returns }: AlarmSeries): string {
  const mark = returns ? '' : `${id} = `
  const named = label === undefined ? '' : `, labelled ${label}`
  if (!metric) return `${mark}${expression ?? ''}${periodMs ? ` each ${periodMs / 1000} s` : ''}${named}`
  const { namespace, name, statistic, periodMs: metricMs = 0, unit, dimensions } = metric
  const where = Object.entries(dimensions)
    .map(([key, value]) => `${key}=${value}`)
    .toSorted()
  const measured = unit === undefined ? name : `${name} in ${unit}`
  const of = account === undefined ? '' : ` of the account ${account}`
  return `${mark}${statistic} of ${namespace} ${measured} each ${metricMs / 1000} s (${where.join(', ')})${of}${named}`
}

function listed(arns: readonly string[]): string {
  return arns.length === 0 ? 'none' : arns.toSorted().join(', ')
}

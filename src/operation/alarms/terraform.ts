import type { AlarmSeries, WholeAlarm } from '../../release/values/alarms.ts'
import { identifiers } from './identifiers.ts'

/** Terraform's `aws_cloudwatch_metric_alarm` resources, formatted as `terraform fmt` does. */
export function alarmsHcl(alarms: readonly WholeAlarm[]): string {
  const ids = identifiers(alarms, (name) => name.replaceAll(/[^a-zA-Z0-9]+/g, '_').replace(/^(?=\d)/, '_'))
  return alarms
    .map((alarm, index) =>
      [
        `resource "aws_cloudwatch_metric_alarm" ${quoted(ids[index] ?? '')} {`,
        ...indented(bodyOf(alarm)),
        '}',
      ].join('\n'),
    )
    .join('\n\n')
}

function bodyOf(alarm: WholeAlarm): string[] {
  const { actions } = alarm
  const [only, ...others] = alarm.series
  const isFlat = only?.metric !== undefined && others.length === 0
  return [
    ...assigned({
      alarm_name: quoted(alarm.name),
      alarm_description: quoted(alarm.description),
      ...(isFlat && only?.metric ? flatMetric(only.metric) : {}),
      evaluation_periods: String(alarm.evaluationPeriods),
      datapoints_to_alarm: String(alarm.datapointsToAlarm),
      threshold: String(alarm.threshold),
      comparison_operator: quoted(alarm.comparison),
      treat_missing_data: quoted(alarm.missingData),
      ...(actions.alarm.length > 0 && { alarm_actions: list(actions.alarm) }),
      ...(actions.ok.length > 0 && { ok_actions: list(actions.ok) }),
    }),
    ...(isFlat && only?.metric ? ['', ...dimensionsBlock(only.metric)] : []),
    ...(isFlat ? [] : alarm.series.flatMap((series) => ['', ...queryBlock(series)])),
  ]
}

type Metric = NonNullable<AlarmSeries['metric']>

function flatMetric({ namespace, name, statistic = '', periodMs = 0 }: Metric): Record<string, string> {
  return {
    namespace: quoted(namespace),
    metric_name: quoted(name),
    [statistic.startsWith('p') ? 'extended_statistic' : 'statistic']: quoted(statistic),
    period: String(periodMs / 1000),
  }
}

function queryBlock({ id, metric, expression, label, returns }: AlarmSeries): string[] {
  const named = {
    id: quoted(id),
    ...(expression !== undefined && { expression: quoted(expression) }),
    ...(label !== undefined && { label: quoted(label) }),
    ...(returns && { return_data: 'true' }),
  }
  const inner = metric ? ['', ...metricBlock(metric)] : []
  return ['metric_query {', ...indented([...assigned(named), ...inner]), '}']
}

function metricBlock(metric: Metric): string[] {
  const { namespace, name, statistic = '', periodMs = 0 } = metric
  const fields = assigned({
    namespace: quoted(namespace),
    metric_name: quoted(name),
    stat: quoted(statistic),
    period: String(periodMs / 1000),
  })
  return ['metric {', ...indented([...fields, '', ...dimensionsBlock(metric)]), '}']
}

function dimensionsBlock({ dimensions }: Metric): string[] {
  const fields = Object.fromEntries(Object.entries(dimensions).map(([name, value]) => [name, quoted(value)]))
  return ['dimensions = {', ...indented(assigned(fields)), '}']
}

/** `name = value` lines with aligned signs. */
function assigned(fields: Record<string, string>): string[] {
  const width = Math.max(...Object.keys(fields).map((name) => name.length))
  return Object.entries(fields).map(([name, value]) => `${name.padEnd(width)} = ${value}`)
}

function list(texts: readonly string[]): string {
  return `[${texts.map(quoted).join(', ')}]`
}

/** JSON's escapes are HCL's too; `${` and `%{` begin a template there. */
function quoted(text: string): string {
  return JSON.stringify(text).replaceAll(/[$%](?=\{)/g, (sign) => sign + sign)
}

function indented(lines: readonly string[]): string[] {
  return lines.map((line) => (line === '' ? '' : `  ${line}`))
}

import { shellWord } from '../../../errors/shell-word.ts'
import type { AlarmDefinition } from '../../../ports/alarms.ts'
import type { Target } from '../../run/run.ts'

/** A command of the AWS CLI that makes an alarm on the errors of a function's alias. */
export function makeAlarm(target: Target, name: string): string {
  const { lambdaName, alias } = target
  const more: readonly Option[] = [
    ['namespace', 'AWS/Lambda'],
    ['metric-name', 'Errors'],
    ['dimensions', `Name=FunctionName,Value=${lambdaName}`, `Name=Resource,Value=${lambdaName}:${alias}`],
    ['statistic', 'Sum'],
    // CloudWatch's shortest period for Lambda's metrics.
    ['period', '60'],
    ['evaluation-periods', '1'],
    ['threshold', '1'],
    ['comparison-operator', 'GreaterThanOrEqualToThreshold'],
    ['treat-missing-data', 'notBreaching'],
  ]
  return putAlarm(target, name, more)
}

/** A command that puts an alarm again with missing data as no breach: a property that it left out would be lost. */
export function treatMissingData(target: Target, alarm: AlarmDefinition): string {
  const { metric, actions } = alarm
  const dimensions = Object.entries(metric.dimensions).map(([name, value]) => `Name=${name},Value=${value}`)
  const more: readonly Option[] = [
    ['alarm-description', ...given(alarm.description)],
    ['namespace', metric.namespace],
    ['metric-name', metric.name],
    ['dimensions', ...dimensions],
    ['statistic', ...given(alarm.statistic)],
    ['extended-statistic', ...given(alarm.extendedStatistic)],
    ['unit', ...given(metric.unit)],
    ['period', String(alarm.periodSeconds)],
    ['evaluation-periods', String(alarm.evaluationPeriods)],
    ['datapoints-to-alarm', ...given(alarm.datapointsToAlarm)],
    ['threshold', String(alarm.threshold)],
    ['comparison-operator', alarm.comparison],
    ['evaluate-low-sample-count-percentile', ...given(alarm.lowSamples)],
    ['ok-actions', ...actions.ok],
    ['alarm-actions', ...actions.alarm],
    ['insufficient-data-actions', ...actions.insufficientData],
    ['treat-missing-data', 'notBreaching'],
  ]
  const line = putAlarm(target, alarm.name, more)
  return actions.areOn ? line : `${line} --no-actions-enabled`
}

/** An option and its values; without values it is left out. */
type Option = readonly [name: string, ...values: string[]]

function putAlarm(target: Target, name: string, more: readonly Option[]): string {
  const { program, flags } = target.awsCli?.() ?? { program: 'aws', flags: [] }
  const options = [['alarm-name', name] as const, ...more].flatMap((option) => {
    const [flag, ...values] = option
    if (values.length === 0) return []
    // A separate value that looks like an option would be read as one.
    if (values[0]?.startsWith('-')) return [`--${flag}=${shellWord(values[0])}`]
    return [`--${flag}`, ...values.map(shellWord)]
  })
  return [program, 'cloudwatch put-metric-alarm', ...options, ...flags].join(' ')
}

function given(value: string | number | undefined): string[] {
  return value === undefined || value === '' ? [] : [String(value)]
}

import { durationWords } from '../../release/values/duration.ts'
import type { AlarmMetric } from '../../release/values/observed.ts'

/** Values of a metric against a threshold, read from CloudWatch's sentence. */
interface Crossing {
  values: readonly number[]
  of: number
  isLow: boolean
  threshold: number
  /** Whether rounded durations would hide a value, or its difference from the threshold. */
  isFine: boolean
}

/**
 * `2 errors in 10 s, limit 2`: CloudWatch's reason for the state of an alarm in short words. Other text, such as a
 * person's or a composite alarm's, is only cleaned.
 */
export function alarmWords({
  reason,
  metric = expression,
}: {
  reason: string
  metric?: AlarmMetric | undefined
}): string {
  return metricWords(reason, metric) ?? cleaned(reason)
}

/** The name for the value of an alarm on a metric expression. */
const expression: AlarmMetric = { namespace: '', name: 'value', dimensions: {} }

function metricWords(reason: string, metric: AlarmMetric): string | undefined {
  const crossing = crossingOf(reason)
  if (crossing) return `${valuesWords(crossing, metric)}, ${limitWords(crossing, metric)}`
  const [, none, lacking, treated] =
    /(?:no datapoints were received for (\d+) periods?|^Insufficient Data: (\d+) datapoints? )(?:.*treated as \[(\w+)\])?/.exec(
      reason,
    ) ?? []
  const periods = Number(none ?? lacking)
  if (!(periods > 0)) return undefined
  const span = metric.periodMs === undefined ? '' : ` for ${durationWords(periods * metric.periodMs)}`
  return `no data${span}${treated === undefined ? '' : countsAs(treated)}`
}

function countsAs(treated: string): string {
  return treated === 'Breaching' ? ', which counts as too much' : ', which counts as zero'
}

const crossed =
  /^Thresholds? Crossed: (?:\d+ out of the last (\d+) datapoints?|(\d+) datapoints?) \[([^\]]*)\] (?:was|were) (?:not )?(greater|less) than (?:or equal to )?the (?:threshold|(?:upper|lower) thresholds) [([]([^)\]]+)[)\]]/

function crossingOf(reason: string): Crossing | undefined {
  const [, last, all, points = '', side, threshold] = crossed.exec(reason) ?? []
  const values = points.split(', ').map((point) => Number(point.split(' ')[0]))
  const limit = Number(threshold)
  const isFine = [...values, limit].some((value) => value > 0 && value < 1) || values.some(isHidden(limit))
  const crossing = { values, of: Number(last ?? all), isLow: side === 'less', threshold: limit, isFine }
  return [...values, crossing.threshold].every(Number.isFinite) ? crossing : undefined
}

function isHidden(limit: number): (value: number) => boolean {
  return (value) => value !== limit && durationWords(value) === durationWords(limit)
}

/** `2 errors in 10 s`, `3, 2 and 4 errors in 3 of 5 periods of 10 s`, `average duration 120 ms in 1 min`. */
function valuesWords({ values, of, isFine }: Crossing, metric: AlarmMetric): string {
  const listed = values.map((value) => valueText(value, metric, isFine))
  const text = [listed.slice(0, -1).join(', '), listed.at(-1)].filter(Boolean).join(' and ')
  const what =
    metric.statistic === 'Sum'
      ? `${text} ${nounOf(metric, values)}`
      : `${statisticWords(metric.statistic)}${nounOf(metric)} ${text}`
  if (metric.periodMs === undefined) return of > 1 ? `${what} in ${values.length} of ${of} periods` : what
  const period = durationWords(metric.periodMs)
  return of > 1 ? `${what} in ${values.length} of ${of} periods of ${period}` : `${what} in ${period}`
}

function limitWords({ isLow, threshold, isFine }: Crossing, metric: AlarmMetric): string {
  return `${isLow ? 'least' : 'limit'} ${valueText(threshold, metric, isFine)}`
}

function statisticWords(statistic = ''): string {
  const words = { Average: 'average', Maximum: 'highest', Minimum: 'lowest', SampleCount: 'samples of' }
  const word = words[statistic as keyof typeof words] ?? statistic
  return word && `${word} `
}

/** Lambda's own metrics become words; other metrics keep their names. */
function nounOf({ namespace, name }: AlarmMetric, values: readonly number[] = []): string {
  if (namespace !== 'AWS/Lambda') return name
  const words = name.replace(/(?<=[a-z])(?=[A-Z])/g, ' ').toLowerCase()
  return values.length === 1 && values[0] === 1 ? words.replace(/s$/, '') : words
}

function valueText(value: number, { namespace, name, statistic }: AlarmMetric, isFine: boolean): string {
  const isTime = namespace === 'AWS/Lambda' && /Duration|IteratorAge|Delay|Latency/.test(name)
  const digits = String(Number(value.toPrecision(6)))
  if (!isTime || statistic === 'SampleCount') return digits
  return isFine ? `${digits} ms` : durationWords(value)
}

/** The reason without the parts that only explain CloudWatch. */
function cleaned(reason: string): string {
  return reason
    .replace(/^(?:Thresholds? Crossed|Unchecked|Insufficient Data): /, '')
    .replace(/ \(minimum \d+ datapoints? for [A-Z_]+ -> [A-Z_]+ transition\)/g, '')
    .replace(/ \(\d\d\/\d\d\/\d\d \d\d:\d\d:\d\d\)/g, '')
    .replace(/arn:[\w-]+:cloudwatch:[\w-]*:\d*:alarm:/g, 'alarm ')
    .replace(/ at \w+day \d+ \w+, \d{4} \d\d:\d\d:\d\d UTC/g, '')
    .replace(/(?<![\d.])(\d+)\.0(?![\d.]*\d)/g, '$1')
    .trim()
}

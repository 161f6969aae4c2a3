import type { PutMetricAlarmInput } from '@aws-sdk/client-cloudwatch'
import type { Point, Rule, Verdict } from './evaluate.ts'

const comparisons: Readonly<Record<string, string>> = {
  GreaterThanThreshold: 'greater than',
  GreaterThanOrEqualToThreshold: 'greater than or equal to',
  LessThanThreshold: 'less than',
  LessThanOrEqualToThreshold: 'less than or equal to',
}

/** The sentence that AWS gives as StateReason. */
export function stateReason(rule: Rule, verdict: Verdict): string {
  const { state, points, filled } = verdict
  if (state === 'INSUFFICIENT_DATA') {
    const unknown = rule.evaluationPeriods - points.length
    return `Insufficient Data: ${plural(unknown, 'datapoint')} ${wasWere(unknown)} unknown.`
  }
  const treated = filled > 0 ? treatedAs(rule, filled) : ''
  if (points.length === 0) {
    const periods = plural(rule.evaluationPeriods, 'period')
    return `Threshold Crossed: no datapoints were received for ${periods} and ${treated}.`
  }
  return `Threshold Crossed: ${crossed(rule, verdict)}${treated && ` and ${treated}`}${transition(rule, verdict)}.`
}

/** StateReasonData: the figures as JSON. */
export function stateReasonData(
  { Statistic, ExtendedStatistic, Unit }: PutMetricAlarmInput,
  rule: Rule,
  verdict: Verdict,
  now: number,
): string {
  const oldest = verdict.points.at(-1)
  const evaluated = verdict.points.map(({ time, value, sampleCount }) => ({
    timestamp: javaDate(time),
    ...(sampleCount !== undefined && { sampleCount }),
    value,
  }))
  return JSON.stringify({
    version: '1.0',
    queryDate: javaDate(now),
    ...(oldest && { startDate: javaDate(oldest.time) }),
    ...(Unit && { unit: Unit }),
    ...((Statistic ?? ExtendedStatistic) && { statistic: Statistic ?? ExtendedStatistic }),
    period: rule.period / 1000,
    recentDatapoints: verdict.points.map(({ value }) => value).toReversed(),
    threshold: rule.threshold,
    evaluatedDatapoints: evaluated.length > 0 ? evaluated : missingPeriods(rule, now),
  })
}

/** Without any data AWS lists the periods, the newest first. */
function missingPeriods({ period, evaluationPeriods }: Rule, now: number): object[] {
  const newest = Math.floor(now / period) * period - period
  return Array.from({ length: evaluationPeriods }, (_, index) => ({
    timestamp: javaDate(newest - index * period),
  }))
}

/** A moment as the reasons of composite alarms write it: `Friday 22 July, 2022 15:57:45 UTC`. */
export function longDate(time: number): string {
  const date = new Date(time)
  const named = (options: Intl.DateTimeFormatOptions) =>
    date.toLocaleString('en-US', { ...options, timeZone: 'UTC' })
  const day = String(date.getUTCDate()).padStart(2, '0')
  const month = named({ month: 'long' })
  const clock = date.toISOString().slice(11, 19)
  return `${named({ weekday: 'long' })} ${day} ${month}, ${date.getUTCFullYear()} ${clock} UTC`
}

/** A moment as AWS's alarm texts write it: `2026-11-21T10:00:00.000+0000`. */
export function javaDate(time: number): string {
  return new Date(time).toISOString().replace('Z', '+0000')
}

function crossed(rule: Rule, { state, points, breaching }: Verdict): string {
  const telling = state === 'ALARM' ? breaching : points.filter((point) => !breaching.includes(point))
  const listed = telling.map(pointText).join(', ')
  const how = `${state === 'ALARM' ? '' : 'not '}${comparisons[rule.comparison]}`
  const count = rule.isMOfN
    ? `${telling.length} out of the last ${points.length} datapoints`
    : plural(telling.length, 'datapoint')
  return `${count} [${listed}] ${wasWere(telling.length)} ${how} the threshold (${decimal(rule.threshold)})`
}

function transition({ isMOfN, datapointsToAlarm, evaluationPeriods }: Rule, { state }: Verdict): string {
  if (!isMOfN) return ''
  const least = state === 'ALARM' ? datapointsToAlarm : evaluationPeriods - datapointsToAlarm + 1
  return ` (minimum ${plural(least, 'datapoint')} for ${state === 'ALARM' ? 'OK -> ALARM' : 'ALARM -> OK'} transition)`
}

function treatedAs({ missingData }: Rule, filled: number): string {
  const how = missingData === 'breaching' ? 'Breaching' : 'NonBreaching'
  return `${plural(filled, 'missing datapoint')} ${wasWere(filled)} treated as [${how}]`
}

/** `3.0 (21/11/26 10:00:00)` */
function pointText({ time, value }: Point): string {
  const [date = '', clock = ''] = new Date(time).toISOString().split(/[T.]/)
  const [year = '', month, day] = date.split('-')
  return `${decimal(value)} (${day}/${month}/${year.slice(2)} ${clock})`
}

function decimal(value: number): string {
  return Number.isInteger(value) ? value.toFixed(1) : String(value)
}

function plural(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`
}

function wasWere(count: number): string {
  return count === 1 ? 'was' : 'were'
}

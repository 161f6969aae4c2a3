import type { ComparedMetric, Metric } from '../../release/plan/comparison.ts'
import { minuteMs } from './minutes.ts'
import type { MetricVerdict } from './verdict.ts'

/** `error-rate 5.1% against 1% of stable over 12 minutes, 5.1 times as high (from 2.3 to 9.8 times)`. */
export function describeMetric(verdict: MetricVerdict): string {
  const figures = describeFigures(verdict)
  if (verdict.minutes === 0) return figures
  return `${figures} of stable over ${counted(verdict.minutes, 'minute')}${times(verdict)}`
}

/** `error-rate 5.1% against 1%`. */
export function describeFigures({ metric, minutes, candidate, stable }: ComparedMetric): string {
  if (minutes === 0) return `${metric} has no minute to compare`
  return `${metric} ${value(metric, candidate)} against ${value(metric, stable)}`
}

/**
 * `error-rate 0.1% against …; some 3,800 more invocations of the candidate would decide it, 38 minutes at its traffic`.
 */
export function describeOpen(verdict: MetricVerdict): string {
  return `${describeMetric(verdict)}; ${lacking(verdict)}`
}

function lacking({ moreInvocations, remainingMs }: MetricVerdict): string {
  if (moreInvocations === undefined) return 'it is unknown how many more invocations would decide it'
  const wait =
    remainingMs === undefined
      ? ''
      : `, ${counted(Math.ceil(remainingMs / minuteMs), 'minute')} at its present traffic`
  return `about ${counted(rounded(moreInvocations), 'more invocation')} of the candidate would decide it${wait}`
}

function times({ ratio, interval: { low, high } }: MetricVerdict): string {
  if (ratio === undefined) return low > 0 ? `, at least ${figure(low)} times as high` : ''
  // Any ratio is possible with so few data.
  if (low === 0 && high === undefined) return `, ${figure(ratio)} times as high`
  const range = high === undefined ? `at least ${figure(low)}` : `from ${figure(low)} to ${figure(high)}`
  return `, ${figure(ratio)} times as high (${range} times)`
}

function value(metric: Metric, amount: number | undefined): string {
  if (amount === undefined) return 'unknown'
  return metric.startsWith('duration') ? `${figure(amount)} ms` : `${figure(amount * 100)}%`
}

/** `1 minute`, `12 minutes`, `3,800 more invocations`. */
export function counted(count: number, noun: string): string {
  return `${count.toLocaleString('en')} ${noun}${count === 1 ? '' : 's'}`
}

/** Two significant digits; whole numbers from 100 on. */
function figure(amount: number): string {
  return (amount >= 100 ? Math.round(amount) : Number(amount.toPrecision(2))).toLocaleString('en', {
    maximumSignificantDigits: 15,
  })
}

function rounded(count: number): number {
  return Number(count.toPrecision(2))
}

import type { ComparisonSettings, Metric, Minute, Percentile } from '../../release/plan/comparison.ts'
import type { Verdict } from '../../release/values/observed.ts'
import { durationComparison } from './duration.ts'
import { forecast } from './forecast.ts'
import { type Comparison, type Figures, judge } from './judge.ts'
import { believable } from './minutes.ts'
import { errorCount, rateComparison, throttleCount } from './rate.ts'
import { defaultComparison, type Levels, levelsOf } from './settings.ts'
import { shareOfStart } from './statistics/onset.ts'
import { sum } from './statistics/strata.ts'
import type { ComparisonVerdict, MetricVerdict } from './verdict.ts'
import { counted, describeFigures, describeMetric, describeOpen } from './words.ts'

/**
 * Compares the candidate with stable over the same minutes. One failed metric fails the gate; all metrics must pass for
 * the gate to pass. The error levels hold for any number of looks, if each look gets all minutes of the release so far.
 *
 * @param minutes in any order; a later reading of a minute replaces an earlier one
 */
export function compare(
  minutes: readonly Minute[],
  settings: ComparisonSettings = defaultComparison,
): ComparisonVerdict {
  const seen = believable(minutes)
  const metrics = settings.metrics.map((metric) => metricVerdict(metric, seen, settings))
  return { ...together(metrics, seen), metrics }
}

function metricVerdict(
  metric: Metric,
  minutes: readonly Minute[],
  settings: ComparisonSettings,
): MetricVerdict {
  const comparison = comparisonOf(metric, minutes, settings)
  const levels = levelsOf(settings)
  const { outcome, from } = judge(comparison, levels, isEnough(comparison, minutes, settings))
  const lacks = outcome === 'inconclusive' ? forecast(minutes, comparison, settings, levels) : undefined
  return {
    metric,
    outcome,
    since: comparison.samples[from]?.time,
    minutes: comparison.samples.length - from,
    ...figuresFrom(comparison, from, levels),
    ...(lacks && { moreInvocations: lacks.moreInvocations }),
    ...(lacks?.remainingMs !== undefined && { remainingMs: lacks.remainingMs }),
  }
}

/** The interval has the level of the test that starts at this minute, so a failure's interval lies above "no worse". */
function figuresFrom(comparison: Comparison, from: number, { fail, pass }: Levels): Figures {
  return comparison.figures(from, { fail: fail * shareOfStart(from), pass })
}

function comparisonOf(metric: Metric, minutes: readonly Minute[], settings: ComparisonSettings): Comparison {
  if (metric === 'error-rate') return rateComparison(minutes, errorCount, settings)
  if (metric === 'throttle-rate') return rateComparison(minutes, throttleCount, settings)
  return durationComparison(minutes, percentileOf(metric), settings)
}

function percentileOf(metric: `duration-${Percentile}`): Percentile {
  const percentiles = { 'duration-p50': 'p50', 'duration-p90': 'p90', 'duration-p99': 'p99' } as const
  return percentiles[metric]
}

function isEnough(
  { samples }: Comparison,
  minutes: readonly Minute[],
  { minimumInvocations, minimumMinutes }: ComparisonSettings,
): boolean {
  return candidateInvocations(minutes) >= minimumInvocations && samples.length >= minimumMinutes
}

function together(metrics: readonly MetricVerdict[], minutes: readonly Minute[]): Verdict {
  const failed = metrics.filter(({ outcome }) => outcome === 'fail')
  if (failed.length > 0)
    return { outcome: 'fail', reason: `worse than stable: ${failed.map(describeMetric).join('; ')}` }
  const open = metrics.filter(({ outcome }) => outcome === 'inconclusive')
  if (open.length > 0 || metrics.length === 0)
    return { outcome: 'inconclusive', reason: `undecided: ${whatLacks(open, minutes)}` }
  const seen = `${counted(minutes.length, 'minute')} and ${counted(candidateInvocations(minutes), 'invocation')}`
  const figures = metrics.map(describeFigures).join(', ')
  const reason = `not worse than stable by a margin that matters, after ${seen} of the candidate: ${figures}`
  return { outcome: 'pass', reason }
}

function whatLacks(open: readonly MetricVerdict[], minutes: readonly Minute[]): string {
  if (open.length === 0) return 'no metric is compared'
  if (minutes.length === 0) return 'no minute has figures of both versions'
  if (candidateInvocations(minutes) === 0) return 'the candidate had no traffic'
  if (sum(minutes, ({ stable }) => stable.invocations) === 0) return 'stable had no traffic'
  return open.map(describeOpen).join('; ')
}

function candidateInvocations(minutes: readonly Minute[]): number {
  return sum(minutes, ({ candidate }) => candidate.invocations)
}

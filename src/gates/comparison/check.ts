import type { Minute, PlannedComparison } from '../../release/plan/comparison.ts'
import type { Check } from '../../release/values/check.ts'
import { minuteMs } from './minutes.ts'
import { sum } from './statistics/strata.ts'
import { counted } from './words.ts'

/**
 * Checks whether the stable version had traffic through the alias recently, to compare with. No traffic is not a
 * failure, since traffic may come; the comparison holds the release until then.
 *
 * @param minutes the last counted minutes
 * @param over the number of these minutes, with or without traffic
 */
export function trafficCheck(
  minutes: readonly Minute[],
  over: number,
  { alias, stable }: { alias: string; stable: string },
): Check {
  const title = 'comparison'
  const invocations = sum(minutes, (minute) => minute.stable.invocations)
  const span = `in ${counted(over, 'minute')}`
  if (invocations > 0) {
    const detail = `${counted(invocations, 'invocation')} of version ${stable} through ${alias} ${span} to compare with`
    return { title, outcome: 'pass', detail }
  }
  const detail = `version ${stable} had no traffic through ${alias} ${span}, and the comparison can't decide without traffic`
  return { title, outcome: 'warn', detail }
}

/**
 * Warns of a first step that can only pause: even with its extension it is over before any metric can pass.
 *
 * @param holdMs of the first step
 */
export function stepCheck({ settings, inconclusive, settleMs }: PlannedComparison, holdMs: number): Check[] {
  const neededMs = settings.minimumMinutes * minuteMs + settleMs
  if (inconclusive === 'pass' || 2 * holdMs >= neededMs) return []
  const minutes = counted(Math.ceil(neededMs / minuteMs), 'minute')
  const detail = `the comparison can't pass within ${minutes}, since it needs ${counted(settings.minimumMinutes, 'minute')}: the first step ends before that, even extended, and the release pauses`
  return [{ title: 'comparison', outcome: 'warn', detail }]
}

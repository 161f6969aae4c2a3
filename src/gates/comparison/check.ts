import type { Minute, PlannedComparison } from '../../release/plan/comparison.ts'
import type { Check } from '../../release/values/check.ts'
import { minuteMs } from './minutes.ts'
import { sum } from './statistics/strata.ts'
import { counted } from './words.ts'

/**
 * Whether there is anything to compare with: what the stable version was asked through the alias of late. No traffic is
 * no failure, since it may come; the comparison holds the release until it does.
 *
 * @param minutes the last that were counted
 * @param over how many those are, with or without traffic
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
  const detail = `no traffic of version ${stable} through ${alias} was counted ${span}: without any the comparison can't decide`
  return { title, outcome: 'warn', detail }
}

/**
 * Warns of a first step that would only ever pause: it is over, its extension too, before anything can have passed.
 *
 * @param holdMs of the first step
 */
export function stepCheck({ settings, inconclusive, settleMs }: PlannedComparison, holdMs: number): Check[] {
  const neededMs = settings.minimumMinutes * minuteMs + settleMs
  if (inconclusive === 'pass' || 2 * holdMs >= neededMs) return []
  const minutes = counted(Math.ceil(neededMs / minuteMs), 'minute')
  const detail = `nothing passes within ${minutes}, since ${counted(settings.minimumMinutes, 'minute')} have to be counted: the first step ends before that, extended too, and pauses`
  return [{ title: 'comparison', outcome: 'warn', detail }]
}

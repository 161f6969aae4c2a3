import stringWidth from 'string-width'
import type { JudgedAlarm, Verdict } from '../../release/values/observed.ts'
import { formatCountdown } from '../text/figures.ts'
import { plainLine } from '../text/plain.ts'
import { tellTimes } from '../text/time.ts'
import type { CanaryState } from './canary-state.ts'

const waitWords = { paused: 'paused', 'awaiting-approval': 'awaits approval' } as const

/**
 * The present step, its remaining time, and the verdict of its gates: `step 1 of 2, 0:42 left  gate pass: errors is
 * OK`; two lines if one is too short.
 *
 * @param now milliseconds since the epoch
 */
export function stepLines(
  { plan, percent, step, until, verdict, hook, extended, alarms, waits }: CanaryState,
  now: number,
  columns: number,
): string[] {
  const where = percent === 100 ? 'baking' : `step ${step} of ${plan?.steps.length ?? 0}`
  const left = until !== undefined && until > now ? `, ${formatCountdown(until - now)} left` : ''
  const held = waits ? `, ${waitWords[waits]}` : ''
  const standing = [`${where}${held}${left}`, ...(hook ? [`hook ${hook} runs`] : [])].join('  ')
  if (!verdict) return [standing]
  const gates = extended ? `extended once: ${lackWords(verdict, alarms, now)}` : gateWords(verdict)
  const line = `${standing}  ${gates}`
  return stringWidth(line) <= columns ? [line] : [standing, gates]
}

function gateWords({ outcome, reason }: Verdict): string {
  return `gate ${outcome}: ${plainLine(reason)}`
}

/** `no data for errors since 10:02:00`, if that is missing. */
function lackWords({ reason }: Verdict, alarms: readonly JudgedAlarm[], now: number): string {
  const silent = alarms.filter(
    ({ condition, verdict }) => condition === 'INSUFFICIENT_DATA' && verdict === 'inconclusive',
  )
  if (silent.length === 0) return plainLine(reason)
  const since = tellTimes(now)(Math.min(...silent.map((alarm) => alarm.since)))
  return `no data since ${since} for ${silent.map(({ name }) => plainLine(name)).join(', ')}`
}

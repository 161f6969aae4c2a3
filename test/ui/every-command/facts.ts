import { standing } from '../../../src/release/decision/standing.ts'
import type { TimedReleaseEvent } from '../../../src/release/history/event.ts'
import type { PastRelease } from '../../../src/release/history/history.ts'
import type { Plan } from '../../../src/release/plan/plan.ts'
import type { AlarmState, AliasState } from '../../../src/release/values/observed.ts'
import type { ReleaseRecord } from '../../../src/release/values/record.ts'
import { narrator } from '../../../src/ui/lines/narrator.ts'
import { fitted } from '../../../src/ui/text/fitted.ts'
import { tellTimes, withTimes } from '../../../src/ui/text/time.ts'

/** A screen of a command: what it writes on a terminal of that width. */
export type Screen = (width: number) => string

export const time = Date.parse('2026-11-21T22:30:00.000Z')
export const minuteMs = 60_000
export const to = 'checkout --env prod'
const commands = {
  approve: `lambdactl canary approve ${to}`,
  deploy: `lambdactl deploy ${to}`,
  errors: `lambdactl logs errors ${to}`,
  resume: `lambdactl canary resume ${to}`,
  rollback: `lambdactl rollback ${to}`,
}
export const alarms: AlarmState[] = [
  {
    name: 'shop-checkout-prod-errors-日本語',
    arn: '',
    condition: 'ALARM',
    reason:
      'Threshold Crossed: 1 out of the last 1 datapoints [5.0 (21/11/26 22:30:00)] was greater than or equal to the threshold (2.0) (minimum 1 datapoint for OK -> ALARM transition).',
    since: time,
    metric: { namespace: 'AWS/Lambda', name: 'Errors', dimensions: {}, statistic: 'Sum', periodMs: minuteMs },
  },
  {
    name: 'slow',
    arn: '',
    condition: 'INSUFFICIENT_DATA',
    reason: 'Unchecked: Initial alarm creation',
    since: 0,
  },
]
export const plan: Plan = {
  id: 'k3f9q2ab',
  strategy: 'canary',
  candidate: '42',
  stable: '41',
  held: ['41'],
  steps: [
    { percent: 10, holdMs: 5 * minuteMs, invocations: 1000 },
    { percent: 50, holdMs: 5 * minuteMs, approval: true },
  ],
  bakeMs: 10 * minuteMs,
  alarms: alarms.map(({ name }) => name),
  breakglass: { reason: 'incident 42: the shop is down', firing: [] },
}
export const record: ReleaseRecord = {
  id: 'k3f9q2ab',
  strategy: 'canary',
  phase: 'paused',
  step: 1,
  steps: 2,
  candidate: '42',
  held: ['41'],
  since: time,
  reason: 'not enough data for slow, which nobody has called since the release began.',
}
export const unweighted: AliasState = { name: 'live', version: '41', description: '', revisionId: '' }
export const alias: AliasState = { ...unweighted, weight: { version: '42', percent: 10 } }
export const stands = standing(alias, record, commands)
/** The answer of a verb: how the release stands after it. */
export function steered(phase: ReleaseRecord['phase'], on = alias): Screen {
  return told(
    `checkout: ${withTimes(standing(on, { ...record, phase, step: phase === 'baking' ? 2 : 1 }, commands).summary)}`,
  )
}

/** The texts as they are; only their lines wrap. */
export function told(...texts: string[]): Screen {
  return (width) => fitted(texts.join('\n'), width)
}

export function events(...all: readonly object[]): Screen {
  const lines: string[] = []
  const tell = narrator((line) => lines.push(line), tellTimes())
  all.forEach((event, index) => {
    tell({ function: 'checkout', time: time + index * 40 * minuteMs, ...event } as TimedReleaseEvent)
  })
  return told(...lines)
}

export const past: PastRelease = {
  id: 'k3f9q2ab',
  function: 'checkout',
  strategy: 'canary',
  candidate: '42',
  from: '41',
  outcome: 'rolled-back',
  reason: 'alarm shop-checkout-prod-errors is in ALARM (5 errors in 1 min, limit 2)',
  started: time,
  ended: time + 125_000,
  by: 'arn:aws:sts::123456789012:assumed-role/github-actions-release/run-7',
  commit: 'c0ffee00c0ffee00c0ffee00c0ffee00c0ffee00',
  breakglass: undefined,
  acts: [],
}

export const published = { event: 'published', version: '42', description: '' }
export const preflight = (outcome: string, title: string, detail: string) => ({
  event: 'checked',
  check: { outcome, title, detail },
})

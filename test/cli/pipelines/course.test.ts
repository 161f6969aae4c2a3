import { expect, test, vi } from 'vitest'
import { afterEvent, type Course } from '../../../src/cli/pipelines/course.ts'
import { summaryText } from '../../../src/cli/pipelines/github/summary.ts'
import type { ReleaseEvent, TimedReleaseEvent } from '../../../src/release/history/event.ts'
import type { Plan } from '../../../src/release/plan/plan.ts'

vi.hoisted(() => vi.stubEnv('CI', 'true'))

const start = Date.parse('2026-11-21T10:00:00.000Z')
const minute = 60_000

const plan: Plan = {
  id: 'k3f9q2ab',
  strategy: 'canary',
  candidate: '4',
  stable: '3',
  steps: [
    { percent: 10, holdMs: 5 * minute },
    { percent: 50, holdMs: 5 * minute },
  ],
  bakeMs: 10 * minute,
  alarms: ['errors'],
  held: ['3'],
}

const shifts = [
  { afterMs: 0, percent: 10, holdMs: 5 * minute },
  { afterMs: 5 * minute, percent: 50, holdMs: 5 * minute },
  { afterMs: 10 * minute, percent: 100, holdMs: 10 * minute },
]

const at = (minutes: number, event: ReleaseEvent): TimedReleaseEvent => ({
  ...event,
  time: start + minutes * minute,
})
const of = { function: 'checkout' }
const planned = at(0, { ...of, event: 'planned', plan, shifts, alias: 'live' })
const shifted = (minutes: number, percent: number) =>
  at(minutes, {
    ...of,
    event: 'shifted',
    alias: 'live',
    step: 1,
    steps: 2,
    ...(percent < 100 ? { version: '3', weight: { version: '4', percent } } : { version: '4' }),
  })
const observed = (minutes: number, reason: string) =>
  at(minutes, {
    ...of,
    event: 'observed',
    verdict: { outcome: 'pass', reason },
    alarms: [],
    step: 1,
    steps: 2,
    until: 0,
  })

function courseOf(...events: TimedReleaseEvent[]): Course | undefined {
  return events.reduce<Course | undefined>(afterEvent, undefined)
}

function shownOf(course: Course | undefined): string[] {
  return (course?.moments ?? []).map(
    ({ time, percent, is, words }) => `${(time - start) / minute}: ${percent}% ${is} ${words}`,
  )
}

test('a shift takes the place of the next planned one, and has the last verdict of its gates', () => {
  expect(shownOf(courseOf(planned, shifted(0, 10), observed(1, 'errors is OK'), shifted(6, 50)))).toEqual([
    '0: 10% made gate pass: errors is OK',
    '6: 50% made ',
    '10: 100% planned bakes 10 min',
  ])
})

test('a rollback is the last moment, at 0%, and nothing is planned any more', () => {
  const back = at(7, {
    ...of,
    event: 'rolled-back',
    alias: 'live',
    version: '3',
    reason: 'errors is in ALARM',
  })
  expect(shownOf(courseOf(planned, shifted(0, 10), shifted(6, 50), back))).toEqual([
    '0: 10% made ',
    '6: 50% made ',
    '7: 0% made rolled back: errors is in ALARM',
  ])
})

test('a release that is carried on begins with the traffic that it had', () => {
  const carriedOn = at(5, {
    ...of,
    event: 'planned',
    plan,
    shifts: shifts.slice(1).map((shift) => ({ ...shift, afterMs: shift.afterMs - 5 * minute })),
    alias: 'live',
    resumed: true,
  })
  const standing = at(5, {
    ...of,
    event: 'standing',
    alias: 'live',
    version: '3',
    phase: 'shifting',
    step: 1,
    steps: 2,
    weight: { version: '4', percent: 10 },
    summary: '',
  })
  const wanted = ['5: 10% made ', '5: 50% planned holds 5 min', '10: 100% planned bakes 10 min']
  expect(shownOf(courseOf(carriedOn, standing))).toEqual(wanted)
  expect(shownOf(courseOf(carriedOn, standing, at(5, { ...standing })))).toEqual(wanted)
})

test('the summary has the course as a table and as a chart in Mermaid', () => {
  const course = courseOf(planned, shifted(0, 10), observed(1, 'errors | is OK'), shifted(6, 50))
  const text = summaryText([{ function: 'checkout', outcome: 'waiting', version: '4', course }])
  expect(text.slice(text.indexOf('####'))).toBe(`#### checkout: canary k3f9q2ab, version 4 at live

| From | Traffic | Gates |
| --- | --- | --- |
| 2026-11-21 10:00:00Z | 10% | gate pass: errors \\| is OK |
| 2026-11-21 10:06:00Z | 50% |  |
| planned 2026-11-21 10:10:00Z | 100% | bakes 10 min |

\`\`\`mermaid
xychart-beta
  title "Traffic of version 4 at live"
  x-axis ["10:00:00", "10:06:00", "10:10:00"]
  y-axis "percent" 0 --> 100
  bar [10, 50, 0]
  line [10, 50, 100]
\`\`\`

`)
})

test('a switch at once has no chart', () => {
  const course = courseOf({ ...planned, shifts: shifts.slice(2) } as TimedReleaseEvent, shifted(0, 100))
  expect(summaryText([{ function: 'checkout', outcome: 'released', course }])).not.toContain('mermaid')
})

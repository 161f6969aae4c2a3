import { Box } from 'ink'
import { render } from 'ink-testing-library'
import { describe, expect, test, vi } from 'vitest'
import type { TimedReleaseEvent } from '../../src/release/event.ts'
import type { AlarmState } from '../../src/release/observed.ts'
import type { Plan } from '../../src/release/plan.ts'
import { afterEvent, beforeRelease, type CanaryState } from '../../src/ui/canary-state.ts'
import { CanaryView } from '../../src/ui/canary-view.tsx'

vi.hoisted(() => vi.stubEnv('FORCE_COLOR', '0'))

const now = Date.parse('2026-11-21T10:00:00.000Z')
const base = { time: now, function: 'checkout' }
const plan: Plan = {
  id: 'k3f9',
  strategy: 'canary',
  candidate: '4',
  stable: '3',
  held: ['3'],
  steps: [
    { percent: 10, holdMs: 60_000 },
    { percent: 50, holdMs: 60_000 },
  ],
  bakeMs: 300_000,
  alarms: ['errors'],
}
const alarm: AlarmState = { name: 'errors', condition: 'OK', reason: 'no datapoint above 1', since: now }

const planned: TimedReleaseEvent = { ...base, event: 'planned', plan, shifts: [], alias: 'live' }
const weight = { version: '4', percent: 10 }
const shifted: TimedReleaseEvent = {
  ...base,
  event: 'shifted',
  alias: 'live',
  version: '3',
  weight,
  step: 1,
  steps: 2,
}
const full: TimedReleaseEvent = { ...base, event: 'shifted', alias: 'live', version: '4', step: 2, steps: 2 }
const observed: TimedReleaseEvent = {
  ...base,
  event: 'observed',
  verdict: { outcome: 'pass', reason: 'errors is OK' },
  alarms: [alarm],
  step: 1,
  steps: 2,
  until: now + 42_000,
}

function after(...events: TimedReleaseEvent[]): CanaryState {
  let state = beforeRelease
  for (const event of events) state = afterEvent(state, event)
  return state
}

describe('what is known of a canary', () => {
  test('grows with its events', () => {
    expect(after(planned)).toEqual({ ...beforeRelease, plan, alias: 'live' })
    expect(after(planned, shifted)).toMatchObject({ percent: 10, step: 1, until: undefined })
    expect(after(planned, shifted, observed)).toMatchObject({
      percent: 10,
      verdict: { outcome: 'pass' },
      alarms: [alarm],
      until: now + 42_000,
    })
    expect(after(planned, shifted, observed, full)).toMatchObject({ percent: 100, step: 2, until: undefined })
  })

  const ends: TimedReleaseEvent[] = [
    { ...base, event: 'done', alias: 'live', version: '4', previous: '3' },
    { ...base, event: 'paused', alias: 'live', reason: 'no data' },
    { ...base, event: 'rolled-back', alias: 'live', version: '3', reason: 'errors fires' },
  ]
  test.each(ends)('after its end nothing is live: $event', (end) => {
    expect(after(planned, shifted, observed, end)).toMatchObject({ percent: undefined, until: undefined })
  })

  test('does not change with what it does not show', () => {
    const state = after(planned, shifted)
    expect(afterEvent(state, { ...base, event: 'warning', text: 'careful' })).toBe(state)
  })
})

describe('the view', () => {
  function frame(state: CanaryState, columns: number): string {
    const { lastFrame, unmount } = render(
      <Box width={columns}>
        <CanaryView state={state} now={now} columns={columns} />
      </Box>,
    )
    const shown = lastFrame() ?? ''
    unmount()
    return shown
  }

  test('of a step, 80 columns wide', () => {
    expect(frame(after(planned, shifted, observed), 80)).toMatchInlineSnapshot(`
      "
      live v3 ░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░█████ v4 10%
      step 1 of 2, 0:42 left  gate pass: errors is OK
      ● OK errors no datapoint above 1"
    `)
  })

  test('of a hook that runs, and that has ended', () => {
    const hook = { ...base, event: 'hook', hook: 'after-shift' } as const
    const runs = after(planned, shifted, { ...hook, state: 'started' }, observed)
    expect(frame(runs, 80)).toContain('step 1 of 2, 0:42 left  hook after-shift runs  gate pass')
    expect(frame(afterEvent(runs, { ...hook, state: 'passed', seconds: 1 }), 80)).not.toContain('hook')
  })

  test('of a step, 40 columns wide', () => {
    const shown = frame(after(planned, shifted, observed), 40)
    expect(shown).toMatchInlineSnapshot(`
      "
      live v3 ░░░░░░░░░░░░░░░░██ v4 10%
      step 1 of 2, 0:42 left  gate pass: erro…
      ● OK errors no datapoint above 1"
    `)
    expect(Math.max(...shown.split('\n').map((line) => line.length))).toBe(40)
  })

  test('of a bake', () => {
    expect(frame(after(planned, shifted, observed, full), 80)).toMatchInlineSnapshot(`
      "
      live v3 ██████████████████████████████████████████████████ v4 100%
      baking  gate pass: errors is OK
      ● OK errors no datapoint above 1"
    `)
  })

  test('before the first shift is empty', () => {
    expect(frame(after(planned), 80)).toBe('')
  })

  test('of a firing alarm whose reason would steer the terminal', () => {
    const firing: AlarmState = {
      ...alarm,
      condition: 'ALARM',
      reason: 'late\u001b[2J\n\u001b]0;owned\u0007so late',
    }
    const verdict = { outcome: 'fail', reason: 'errors\nfires' } as const
    expect(
      frame(after(planned, shifted, { ...observed, verdict, alarms: [firing], until: now }), 80),
    ).toMatchInlineSnapshot(`
      "
      live v3 ░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░█████ v4 10%
      step 1 of 2  gate fail: errors fires
      ● ALARM errors late so late"
    `)
  })
})

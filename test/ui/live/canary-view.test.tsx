import { describe, expect, test, vi } from 'vitest'
import type { TimedReleaseEvent } from '../../../src/release/history/event.ts'
import type { JudgedAlarm } from '../../../src/release/values/observed.ts'
import { afterEvent, beforeRelease, isLive } from '../../../src/ui/live/canary-state.ts'
import { after, alarm, base, frame, full, now, observed, plan, planned, shifted } from '../canary-frames.tsx'

vi.hoisted(() => vi.stubEnv('FORCE_COLOR', '0'))

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
  test('of a step, 80 columns wide', () => {
    expect(frame(after(planned, shifted, observed), 80)).toMatchInlineSnapshot(`
      "live v3 ░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░███████ v4 10%
      ● 10% for 1 min  · 50% for 1 min  · 100% bakes 5 min
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
      "live v3 ░░░░░░░░░░░░░░░░░░░░░░███ v4 10%
      ● 10% for 1 min  · 50%  · 100%
      step 1 of 2, 0:42 left
      gate pass: errors is OK
      ● OK errors no datapoint above 1"
    `)
    expect(Math.max(...shown.split('\n').map((line) => line.length))).toBe(40)
  })

  test('of a bake', () => {
    expect(frame(after(planned, shifted, observed, full), 80)).toMatchInlineSnapshot(`
      "live v3 ████████████████████████████████████████████████████████████████ v4 100%
      ✔ 10%  ✔ 50%  ● 100% bakes 5 min
      baking  gate pass: errors is OK
      ● OK errors no datapoint above 1"
    `)
  })

  test('of a comparison, metric by metric', () => {
    const metric = { minutes: 12, stable: 0.0102, candidate: 0.0513 }
    const compared: TimedReleaseEvent = {
      ...observed,
      comparison: [
        { ...metric, metric: 'error-rate', outcome: 'fail' },
        { ...metric, metric: 'throttle-rate', outcome: 'pass', candidate: 0, stable: 0 },
        { ...metric, metric: 'duration-p90', outcome: 'inconclusive', candidate: 41.73, stable: 40.2 },
        {
          metric: 'duration-p99',
          outcome: 'inconclusive',
          minutes: 0,
          candidate: undefined,
          stable: undefined,
        },
      ],
    }
    expect(frame(after(planned, shifted, compared), 50)).toMatchInlineSnapshot(`
      "live v3 ░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░████ v4 10%
      ● 10% for 1 min  · 50%  · 100%
      step 1 of 2, 0:42 left  gate pass: errors is OK
      ● OK errors no datapoint above 1
      ● fail error-rate 5.1% against 1%
      ● pass throttle-rate 0% against 0%
      ● inconclusive duration-p90 42 ms against 40 ms
      ● inconclusive duration-p99 has no minute to comp…"
    `)
  })

  test('of environments that become ready, which ends with the first shift', () => {
    const warming = { ...base, event: 'warming', version: '4', requested: 4 } as const
    expect(frame(after(planned, { ...warming, available: 1 }), 80)).toMatchInlineSnapshot(
      `"warming v4 █████████░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░ 1 of 4 environments ready"`,
    )
    expect(isLive(after(planned, { ...warming, available: 4 }))).toBe(false)
    expect(frame(after(planned, { ...warming, available: 1 }, shifted), 80)).toContain('10%')
  })

  test('is there from the first shift to the end', () => {
    expect(isLive(after(planned))).toBe(false)
    expect(isLive(after(planned, shifted))).toBe(true)
    const done: TimedReleaseEvent = { ...base, event: 'done', alias: 'live', version: '4', previous: '3' }
    expect(isLive(after(planned, shifted, done))).toBe(false)
  })

  test('of alarms that do not count as their state says', () => {
    const firing = { ...alarm, condition: 'ALARM', verdict: 'excused', reason: 'set' } as const
    const silent = { ...alarm, name: 'slow', condition: 'INSUFFICIENT_DATA', reason: '' } as const
    const alarms = [firing, silent, { ...silent, name: 'dead', verdict: 'fail' } as const]
    const shown = frame(after(planned, shifted, { ...observed, alarms, until: now }), 90)
    expect(shown.split('\n').slice(3)).toEqual([
      '● ALARM errors (excused by breakglass: it has been so since before the release) set',
      '● INSUFFICIENT_DATA slow (passes without data)',
      '● INSUFFICIENT_DATA dead (fails without data)',
    ])
  })

  test('of a firing alarm whose reason would steer the terminal', () => {
    const firing: JudgedAlarm = {
      ...alarm,
      condition: 'ALARM',
      reason: 'late\u001b[2J\n\u001b]0;owned\u0007so late',
    }
    const verdict = { outcome: 'fail', reason: 'errors\nfires' } as const
    expect(
      frame(after(planned, shifted, { ...observed, verdict, alarms: [firing], until: now }), 80),
    ).toMatchInlineSnapshot(`
      "live v3 ░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░███████ v4 10%
      ● 10% for 1 min  · 50% for 1 min  · 100% bakes 5 min
      step 1 of 2  gate fail: errors fires
      ● ALARM errors late so late"
    `)
  })
})

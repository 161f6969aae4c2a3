import { expect, test, vi } from 'vitest'
import type { Plan } from '../../src/release/plan/plan.ts'
import type { JudgedAlarm } from '../../src/release/values/observed.ts'
import { planStrip } from '../../src/ui/live/plan-strip.ts'
import { after, alarm, frame, now, observed, plan, planned, shifted } from './canary-frames.tsx'

vi.hoisted(() => vi.stubEnv('FORCE_COLOR', '0').stubEnv('CI', 'false').stubEnv('TZ', 'UTC'))

/** A canary in the middle of its plan, with figures of both versions. */
const long: Plan = {
  ...plan,
  steps: [
    { percent: 5, holdMs: 300_000 },
    { percent: 10, holdMs: 300_000 },
    { percent: 25, holdMs: 600_000, invocations: 1000 },
    { percent: 50, holdMs: 3_600_000, approval: true },
    { percent: 75, holdMs: 600_000 },
  ],
  alarms: ['errors', 'slow'],
}
const silent: JudgedAlarm = {
  ...alarm,
  name: 'slow',
  condition: 'INSUFFICIENT_DATA',
  reason: '',
  since: now - 360_000,
  verdict: 'inconclusive',
}
const middle = after(
  { ...planned, plan: long },
  { ...shifted, weight: { version: '4', percent: 25 }, step: 3, steps: 5 },
  {
    ...observed,
    step: 3,
    steps: 5,
    verdict: { outcome: 'inconclusive', reason: 'not enough data for slow' },
    alarms: [alarm, silent],
    extended: true,
    figures: {
      since: now - 700_000,
      candidate: { invocations: 402, errors: 1, throttles: 0 },
      stable: { invocations: 1203, errors: 0, throttles: 12 },
    },
  },
)

const widest = (shown: string) => Math.max(...shown.split('\n').map((line) => line.length))

test('the view of the middle of a plan, 60 columns wide', () => {
  expect(frame(middle, 60)).toMatchInlineSnapshot(`
    "live v3 ░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░███████████ v4 25%
    ✔ 5%  ✔ 10%  ● 25%  · 50%  · 75%  · 100%
    step 3 of 5, 0:42 left
    extended once: no data since 09:54:00+00:00 for slow
    v3  1,203 invocations  0 errors         12 throttled
    v4    402 invocations   1 error  0.25%
    ● OK errors no datapoint above 1
    ● INSUFFICIENT_DATA slow"
  `)
})

test('the view of the middle of a plan, 80 columns wide', () => {
  expect(frame(middle, 80)).toMatchInlineSnapshot(`
    "live v3 ░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░████████████████ v4 25%
    ✔ 5%  ✔ 10%  ● 25% for 10 min, 1000 invocations  · 50%  · 75%  · 100%
    step 3 of 5, 0:42 left  extended once: no data since 09:54:00+00:00 for slow
    v3  1,203 invocations  0 errors         12 throttled  since 09:48:20+00:00
    v4    402 invocations   1 error  0.25%
    ● OK errors no datapoint above 1
    ● INSUFFICIENT_DATA slow"
  `)
})

test('the view of the middle of a plan, 120 columns wide', () => {
  expect(frame(middle, 120)).toMatchInlineSnapshot(`
    "live v3 ░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░██████████████████████████ v4 25%
    ✔ 5%  ✔ 10%  ● 25% for 10 min, 1000 invocations  · 50% for 1 h, approval  · 75% for 10 min  · 100% bakes 5 min
    step 3 of 5, 0:42 left  extended once: no data since 09:54:00+00:00 for slow
    v3  1,203 invocations  0 errors         12 throttled  since 09:48:20+00:00
    v4    402 invocations   1 error  0.25%
    ● OK errors no datapoint above 1
    ● INSUFFICIENT_DATA slow"
  `)
})

test.each([60, 80, 99, 120, 200])(
  'the view of the middle of a plan has %i columns, and uses them',
  (columns) => {
    expect(widest(frame(middle, columns))).toBe(columns)
  },
)

test('the view on a terminal of few rows has the gates', () => {
  expect(frame(middle, 80, 4)).toMatchInlineSnapshot(`
    "live v3 ░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░████████████████ v4 25%
    step 3 of 5, 0:42 left  extended once: no data since 09:54:00+00:00 for slow
    ● OK errors no datapoint above 1
    ● INSUFFICIENT_DATA slow"
  `)
})

test('the view of figures that may not be read', () => {
  const { alarms: _, ...rest } = observed
  const without = after(planned, shifted, { ...rest, alarms: [], figures: undefined })
  expect(frame(without, 80).split('\n').at(-1)).toBe('no figures: cloudwatch:GetMetricData is not permitted')
  expect(frame(after(planned, shifted, observed), 80)).not.toContain('figures')
})

test('the view of more alarms than there is room for: those that do not pass are shown', () => {
  const alarms = ['a', 'b', 'c', 'd', 'e', 'f'].map((name) => ({ ...alarm, name }))
  const shown = frame(after(planned, shifted, { ...observed, alarms: [...alarms, silent] }), 80, 6)
  expect(shown.split('\n').slice(3)).toEqual([
    '● INSUFFICIENT_DATA slow',
    '● OK a no datapoint above 1',
    '… and 5 more gates',
  ])
})

test('a plan of many steps is counted where it has no room, from what is over to the end', () => {
  const steps = Array.from({ length: 19 }, (_, index) => ({ percent: (index + 1) * 5, holdMs: 60_000 }))
  const texts = planStrip({ ...plan, steps }, 4, 60).map(({ text }) => text)
  expect(texts.join('  ')).toBe('✔ 3 steps  ● 20%  · 25%  · 30%  · 35%  · 12 more  · 100%')
})

test.each([
  ['paused', 'step 1 of 2, paused  gate pass: errors is OK'],
  ['awaiting-approval', 'step 1 of 2, awaits approval  gate pass: errors is OK'],
] as const)('a release that is %s says so beside its step, and has no time left', (phase, line) => {
  const waits = { ...shifted, event: 'standing', phase, summary: '' } as const
  expect(frame(after(planned, shifted, waits, { ...observed, until: now }), 80)).toContain(line)
})

import type { VersionFigures } from '../../../../src/operation/report/figures.ts'
import type { ReleaseReport } from '../../../../src/operation/report/report.ts'

const minuteMs = 60_000
const started = Date.parse('2026-11-21T22:30:00.000Z')
const from = started - 5 * minuteMs

/** The figures of a version: for each minute its invocations and errors. */
function figures(
  about: Pick<VersionFigures, 'version' | 'role'>,
  minutes: readonly (readonly [minute: number, invocations: number, errors: number, p99: number])[],
): VersionFigures {
  const invocations = minutes.reduce((sum, [, count]) => sum + count, 0)
  const errors = minutes.reduce((sum, [, , count]) => sum + count, 0)
  return {
    ...about,
    invocations,
    errors,
    throttles: 0,
    errorRate: errors / invocations,
    p50Ms: 21,
    p99Ms: Math.max(...minutes.map(([, , , p99]) => p99)),
    periods: minutes.map(([minute, count, failed, p99]) => ({
      time: from + minute * minuteMs,
      invocations: count,
      errors: failed,
      throttles: 0,
      p50Ms: 21,
      p99Ms: p99,
    })),
  }
}

/** A wave without chance, so that a chart looks like traffic. */
const wave = (minute: number) => 600 + Math.round(120 * Math.sin(minute / 3) + 40 * Math.cos(minute * 1.7))
const minutesOf = (start: number, end: number) =>
  Array.from({ length: end - start }, (_, index) => start + index)
const shareAt = (minute: number) => (minute < 5 || minute >= 19 ? 0 : minute < 12 ? 0.1 : 0.5)

const ada = 'arn:aws:iam::123456789012:user/ada'
const pipeline = 'arn:aws:sts::123456789012:assumed-role/github-actions-release/run-7'
const at = (minute: number) => started + minute * minuteMs
const alarm = 'shop-checkout-prod-live-errors'
const reason = `alarm ${alarm} is in ALARM (12.4% of invocations in 1 min, limit 5)`

/** A canary that paused, was approved, and that an alarm rolled back. */
export const sampleReport: ReleaseReport = {
  function: 'checkout',
  lambdaName: 'shop-checkout-prod',
  alias: 'live',
  environment: 'prod',
  from,
  until: from + 24 * minuteMs,
  periodMs: minuteMs,
  written: started + 30 * minuteMs,
  release: {
    id: 'k3f9q2ab',
    function: 'checkout',
    strategy: 'canary',
    candidate: '42',
    from: '41',
    outcome: 'rolled-back',
    reason,
    started,
    ended: at(14),
    by: pipeline,
    actor: { name: 'grace', url: 'https://github.com/octo/shop/actions/runs/7' },
    acts: [],
    commit: 'c0ffee00c0ffee00c0ffee00c0ffee00c0ffee00',
    breakglass: undefined,
  },
  plan: {
    steps: [
      { percent: 10, holdMs: 5 * minuteMs, approval: true },
      { percent: 50, holdMs: 5 * minuteMs, invocations: 1000 },
    ],
    bakeMs: 10 * minuteMs,
    alarms: [alarm, 'shop-checkout-prod-live-throttles'],
    compares: ['error-rate', 'duration-p90'],
  },
  course: [
    { time: at(0), percent: 10 },
    { time: at(7), percent: 50 },
    { time: at(14), percent: 0 },
  ],
  happenings: [
    {
      time: at(-0.1),
      did: 'started',
      percent: 0,
      by: pipeline,
      actor: { name: 'grace', url: 'https://github.com/octo/shop/actions/runs/7' },
    },
    { time: at(0), did: 'shifted', percent: 10 },
    { time: at(5), did: 'paused', percent: 10, reason: 'awaiting approval after step 1 of 2' },
    { time: at(7), did: 'approved', percent: 10, by: ada, reason: 'looks well on the dashboards' },
    { time: at(7.02), did: 'shifted', percent: 50 },
    { time: at(14), did: 'rolled back', percent: 0, reason },
  ],
  gates: [
    {
      time: at(5),
      led: 'paused',
      verdict: { outcome: 'pass', reason: 'all gates pass' },
      alarms: [{ name: alarm, condition: 'OK', verdict: 'pass' }],
      comparison: [
        { metric: 'error-rate', outcome: 'pass', minutes: 5, candidate: 0.004, stable: 0.0041 },
        { metric: 'duration-p90', outcome: 'pass', minutes: 5, candidate: 38.2, stable: 36.9 },
      ],
    },
    {
      time: at(14),
      led: 'rolled-back',
      verdict: { outcome: 'fail', reason },
      alarms: [{ name: alarm, condition: 'ALARM', verdict: 'fail', since: at(13.4) }],
      comparison: [{ metric: 'error-rate', outcome: 'fail', minutes: 13, candidate: 0.071, stable: 0.004 }],
    },
  ],
  hooks: [
    { time: at(-0.3), point: 'confirm-rollout', outcome: 'pass', seconds: 3.2 },
    {
      time: at(7),
      point: 'before-shift',
      outcome: 'fail',
      seconds: 12,
      reason: 'exit code 1',
      output: '3 of 40 end-to-end tests failed',
    },
  ],
  versions: [
    figures(
      { version: '42', role: 'candidate' },
      minutesOf(5, 20).map((minute) => {
        const count = Math.max(6, Math.round(wave(minute) * shareAt(minute)))
        const rate = minute < 15 ? 0.004 : minute < 17 ? 0.05 : 0.13
        return [minute, count, Math.round(count * rate), minute < 15 ? 42 + (minute % 4) : 180 + minute]
      }),
    ),
    figures(
      { version: '41', role: 'stable' },
      minutesOf(0, 24).map((minute) => {
        const count = Math.round(wave(minute) * (1 - shareAt(minute)))
        return [minute, count, Math.round(count * 0.004), 40 + (minute % 5)]
      }),
    ),
  ],
  alarms: [
    {
      name: alarm,
      condition: 'OK',
      source: 'history',
      periods: [
        {
          from: at(13.4),
          until: at(16),
          condition: 'ALARM',
          reason: 'Threshold Crossed: 1 datapoint [12.4]',
        },
      ],
    },
    { name: 'shop-checkout-prod-live-throttles', condition: 'OK', source: 'history', periods: [] },
  ],
  errors: [
    {
      kind: 'TypeError: no price for order #',
      frame: 'priceOf (src/checkout/price.ts:41:17)',
      count: 118,
      first: at(10.1),
      last: at(14),
      versions: [{ version: '42', count: 118 }],
      sample: {
        request: '7f3c6a52-0d2e-4c35-8b5e-94c0a1d7e2f1',
        lines: ['looking for the price of order 3391', 'TypeError: no price for order 3391'],
      },
    },
    {
      kind: 'Task timed out after # seconds',
      count: 9,
      first: at(-2),
      last: at(15),
      versions: [
        { version: '41', count: 7 },
        { version: '42', count: 2 },
      ],
      sample: {
        request: '0b1d9d2e-6a51-4a55-9df5-1d9b1a0d7f11',
        lines: ['Task timed out after 10.00 seconds'],
      },
    },
  ],
  unread: [],
}

import { expect, test, vi } from 'vitest'
import { adviceText } from '../../../../src/ui/results/concurrency/recommend.ts'
import type { ConcurrencyAdvice } from '../../../../src/workflows/concurrency/recommend.ts'

vi.hoisted(() => vi.stubEnv('FORCE_COLOR', '0').stubEnv('CI', 'true'))

const none: ConcurrencyAdvice = {
  function: 'checkout',
  lambdaName: 'shop-checkout-prod',
  region: 'eu-west-1',
  memoryMb: 512,
  architecture: 'arm64',
  from: 0,
  until: 3_600_000,
  periodMs: 60_000,
  busyPeriods: 0,
  lacking: ['CloudWatch has no invocation.'],
}
const text = (advice: ConcurrencyAdvice) =>
  adviceText(advice, Infinity, (verb, ...words) => ['lambdactl', verb, 'checkout', ...words].join(' '))

test('an advice without data says what is missing, and recommends nothing', () => {
  expect(text(none)).toMatchInlineSnapshot(`
    "checkout (shop-checkout-prod) 512 MB, arm64, eu-west-1
      observed  the last 1 h, no invocations
      CloudWatch has no invocation."
  `)
})

test('each choice has its share of warm starts, its price and its command', () => {
  const recommendation = {
    peak: 35,
    littlesPeak: 20.4,
    median: 3.21,
    p90: 12,
    headroom: 0.2,
    reserve: 42,
    choices: [
      { kind: 'on-demand', amount: 0, warmShare: 0, monthly: 19.9 },
      { kind: 'provisioned', amount: 15, warmShare: 0.93, monthly: 88.123 },
      { kind: 'autoscaled', amount: 4, most: 42, warmShare: 1, monthly: null },
    ],
  } as const
  expect(
    text({
      ...none,
      busyPeriods: 60,
      lacking: [],
      recommendation: { ...recommendation, choices: [...recommendation.choices] },
    }),
  ).toMatchInlineSnapshot(`
    "checkout (shop-checkout-prod) 512 MB, arm64, eu-west-1
      observed  the last 1 h, with invocations in 60 periods of 1 min
      peak      35 concurrent executions; 20 by Little's law (rate × duration)
      usual     3.2 in half of the time, 12 in nine tenths
      reserve   42: the peak and 20% head-room; a reservation costs nothing, and is a limit too
      choices, with the duration of all invocations, without requests and the free tier
        on demand                        starts on demand  $19.90 a month
        15 provisioned                           93% warm  $88.12 a month
        4 to 42 provisioned, autoscaled         100% warm        no price
      → to reserve: lambdactl concurrency reserve checkout 42
      → for 15: lambdactl concurrency provision checkout 15
      → autoscaled: lambdactl concurrency autoscale checkout --min 4 --max 42"
  `)
})

import { expect, test, vi } from 'vitest'
import { overviewText } from '../../../../src/ui/results/concurrency/overview.ts'
import type { ConcurrencyOverview, ShownConcurrency } from '../../../../src/workflows/concurrency/show.ts'

vi.hoisted(() => vi.stubEnv('FORCE_COLOR', '0').stubEnv('CI', 'true'))

const idle: ShownConcurrency = {
  function: 'checkout',
  lambdaName: 'shop-checkout-prod',
  exists: true,
  reserved: null,
  provisioned: [],
  scaled: [],
  ceiling: 900,
  peak: null,
  throttles: null,
  takes: 0,
  burst: { to: 3000, warm: 0, ms: 0, ceiling: 900 },
}

function shown(...functions: ShownConcurrency[]): string {
  return shownWith([], ...functions)
}

function shownWith(unread: string[], ...functions: ShownConcurrency[]): string {
  const overview: ConcurrencyOverview = {
    account: { limit: 1000, unreserved: 900, peak: null, reservedElsewhere: 0 },
    from: 0,
    until: 3_600_000,
    functions,
    unread,
    errors: [],
  }
  return overviewText(overview, Infinity, (name, verb) => `lambdactl ${verb} ${name}`)
}

test('a function without traffic has no value, which is not 0', () => {
  expect(shown(idle)).toMatchInlineSnapshot(`
    "checkout (shop-checkout-prod)
      reserved     none: it shares the account's unreserved concurrency
      used         no value: nothing ran, or CloudWatch has none yet
      provisioned  none
      throttled    no value
      burst        900 environments can start at once (1,000 each 10 s a function); all above 900 is throttled
      takes        0 of the account's 1000 from all other functions, used or not
      account      1000 concurrent executions, 900 unreserved, no value how many were used
      figures      of the last 1 h"
  `)
})

test('figures that were not read give no reason why there are none', () => {
  const text = shownWith(['the figures: Rate exceeded'], idle)
  expect(text).toMatch(/used +no value\n/)
  expect(text).toContain('Rate exceeded')
})

test('a stopped function ends with the command that starts it', () => {
  const stop = { since: 0, reason: 'it loops', before: { reserved: 5, provisioned: [] }, isWhole: true }
  expect(shown({ ...idle, reserved: 0, ceiling: 0, stop })).toContain(
    '→ checkout is stopped (it loops): lambdactl concurrency start checkout',
  )
})

test('many functions have one line each, the troubled ones first', () => {
  const names = ['a', 'b', 'c', 'd']
  const functions = names.map((name) => ({
    ...idle,
    function: name,
    peak: 3,
    throttles: name === 'c' ? 7 : 0,
  }))
  const missing = { ...idle, function: 'e', exists: false }
  expect(shown(...functions, missing)).toMatchInlineSnapshot(`
    "  c               shared  peak 3  7 throttled
      a               shared  peak 3
      b               shared  peak 3
      d               shared  peak 3
      e  does not exist here
      account      1000 concurrent executions, 900 unreserved, no value how many were used
      figures      of the last 1 h
      → c was throttled: lambdactl concurrency recommend c"
  `)
})

test.each([
  [5, 'checkout was throttled: lambdactl concurrency recommend checkout'],
  [
    4,
    'checkout was throttled below its limit; a stop that has ended may be the cause: lambdactl status checkout',
  ],
  [null, 'checkout was throttled: lambdactl concurrency recommend checkout'],
])('throttles with a peak of %s of 5 lead on: %s', (peak, text) => {
  expect(shown({ ...idle, reserved: 5, ceiling: 5, throttles: 3, peak })).toContain(`→ ${text}`)
})

import { describe, expect, test } from 'vitest'
import { resolveFunction } from '../../../src/config/resolve.ts'
import { defaultComparison } from '../../../src/gates/comparison/settings.ts'
import { configFrom, failureOf } from '../config-from.ts'

function shop(compare: string, prod = '{}') {
  return configFrom(`service: shop
functions:
  checkout:
    source: functions/checkout
    runtime: nodejs24.x
    handler: index.handler
    role: arn:aws:iam::123456789012:role/shop
    release: {compare: ${compare}}
environments: {prod: {functions: {checkout: ${prod}}}}
`)
}

const compared = (compare: string, prod?: string) =>
  resolveFunction(shop(compare, prod), 'prod', 'checkout', { variables: {} }).release.compare

describe('what is compared', () => {
  test('true takes the defaults, and so does an empty map', () => {
    const defaults = { inconclusive: 'hold', settings: defaultComparison }
    expect(compared('true')).toEqual(defaults)
    expect(compared('{}')).toEqual(defaults)
  })

  test('false compares nothing', () => {
    expect(compared('false')).toBeUndefined()
  })

  test('settings differ from the defaults; the floor is in percentage points', () => {
    const settings = 'confidence: 0.99, errorRateRatio: 1.5, errorRateFloor: 0.5'
    const minima = 'minimumInvocations: 500, minimumMinutes: 10'
    expect(compared(`{inconclusive: pass, ${settings}, ${minima}}`)).toEqual({
      inconclusive: 'pass',
      settings: {
        ...defaultComparison,
        confidence: 0.99,
        errorRateRatio: 1.5,
        errorRateFloor: 0.005,
        minimumInvocations: 500,
        minimumMinutes: 10,
      },
    })
  })

  test.each([
    ['{p50: 1.5}', ['duration-p50'], { p50: 1.5 }],
    ['{p99: 2, p50: 1.1}', ['duration-p50', 'duration-p99'], { p50: 1.1, p99: 2 }],
    ['{}', [], {}],
  ])('the durations %s are the only ones compared', (durations, metrics, ratios) => {
    expect(compared(`{durations: ${durations}}`)?.settings).toEqual({
      ...defaultComparison,
      metrics: ['error-rate', 'throttle-rate', ...metrics],
      durationRatio: { ...defaultComparison.durationRatio, ...ratios },
    })
  })

  test("an environment's comparison stands in for the function's", () => {
    expect(compared('{confidence: 0.99}', '{release: {compare: false}}')).toBeUndefined()
    expect(compared('false', '{release: {compare: {confidence: 0.9}}}')?.settings.confidence).toBe(0.9)
  })
})

describe('what is wrong is named with its place', () => {
  const field = 'functions.checkout.release.compare'
  test.each([
    ['yes please', `${field}: expected true, false or a map, got "yes please".`],
    ['[p50]', `${field}: expected true, false or a map, got a list.`],
    ['{confidence: 95}', `${field}.confidence: expected a number from 0.5 to 0.9999, got 95.`],
    ['{confidence: high}', `${field}.confidence: expected a number from 0.5 to 0.9999, got "high".`],
    ['{errorRateRatio: 1}', `${field}.errorRateRatio: expected a number from 1.05 to 100, got 1.`],
    ['{errorRateFloor: 0}', `${field}.errorRateFloor: expected a number from 0.001 to 50, got 0.`],
    ['{minimumMinutes: 1.5}', `${field}.minimumMinutes: expected a whole number from 1 to 1440, got 1.5.`],
    [
      '{minimumInvocations: 0}',
      `${field}.minimumInvocations: expected a whole number from 1 to 1000000, got 0.`,
    ],
    ['{durations: {p50: 20%}}', `${field}.durations.p50: expected a number from 1.05 to 100, got "20%".`],
    ['{inconclusive: go}', `${field}.inconclusive: expected one of hold, pass, got "go".`],
    ['{confidense: 0.9}', `${field}.confidense: there is no such field. Did you mean confidence?`],
    ['{durations: {p95: 2}}', `${field}.durations.p95: there is no such field. Did you mean p90?`],
  ])('%s', (written, message) => {
    const failure = failureOf(() => shop(written))
    expect(failure.code).toBe('CONFIG_INVALID')
    expect(failure.message).toMatch(/^lambdactl\.yaml:8:\d+ /)
    expect(failure.message.replace(/^\S+ /, '')).toBe(message)
  })

  test('and several are named together', () => {
    const { message } = failureOf(() => shop('{confidense: 0.9, errorRateRatio: low}'))
    expect(message.split('\n')).toHaveLength(2)
  })
})

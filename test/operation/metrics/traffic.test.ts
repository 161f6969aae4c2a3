import { expect, test } from 'vitest'
import { type MinuteSeries, sumOf } from '../../../src/operation/metrics/traffic.ts'

const values = (...all: number[]) => all.map((value, index) => ({ time: index * 60_000, value }))
const none: MinuteSeries = { invocations: [], errors: [], throttles: [] }

test('minutes are summed, with the share of failures', () => {
  const sum = sumOf({ invocations: values(10, 30), errors: values(0, 10), throttles: values(0, 2) })
  expect(sum).toEqual({
    invocations: 40,
    errors: 10,
    throttles: 2,
    errorRate: 0.25,
    minutes: [
      { time: 0, invocations: 10, errors: 0 },
      { time: 60_000, invocations: 30, errors: 10 },
    ],
  })
})

test('what CloudWatch does not have is absent, and not 0', () => {
  expect(sumOf(none)).toEqual({ minutes: [] })
  expect(sumOf({ ...none, throttles: values(3) })).toEqual({ throttles: 3, minutes: [] })
})

test('a busy minute weighs more in the median, and the slowest minute is told', () => {
  const sum = sumOf({
    ...none,
    invocations: values(1, 1, 100),
    p50: values(500, 400, 10),
    p99: values(900, 500, 20),
  })
  expect(sum).toMatchObject({ p50Ms: 10, p99Ms: 900 })
})

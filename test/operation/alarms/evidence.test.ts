import { expect, test } from 'vitest'
import { definitionsOf } from '../../../src/operation/alarms/definitions.ts'
import { evidenceOf, readFor } from '../../../src/operation/alarms/evidence.ts'
import type { AlarmLimits } from '../../../src/operation/alarms/kinds.ts'

function alarm(limits: AlarmLimits) {
  const [made] = definitionsOf({ lambdaName: 'shop', alias: 'live' }, { limits, actions: [], okActions: [] })
  if (!made) throw new Error('one alarm is wanted')
  return made
}
const values = (...each: number[]) => each.map((value, time) => ({ time, value }))

test('the values of one metric are held against the limit; none is no proof', () => {
  const throttles = alarm({ throttles: 2 })
  expect(readFor(throttles)?.map(({ metric }) => metric?.name)).toEqual(['Throttles'])
  expect(evidenceOf(throttles, [values(0, 2, 5, 1)])).toEqual({
    periodMs: 60_000,
    values: 4,
    breaching: 2,
    worst: { time: 2, value: 5 },
  })
  expect(evidenceOf(throttles, [[]])).toEqual({ periodMs: 60_000, values: 0, breaching: 0 })
})

test('the share of errors is computed for the minutes that both metrics have', () => {
  const rate = alarm({ errors: { percent: 1 } })
  expect(readFor(rate)?.map(({ metric }) => metric?.name)).toEqual(['Errors', 'Invocations'])
  expect(evidenceOf(rate, [values(1, 2), values(100, 50, 10)])).toEqual({
    periodMs: 60_000,
    values: 2,
    breaching: 1,
    worst: { time: 1, value: 4 },
  })
})

test('the worst value of an alarm below a limit is the least', () => {
  const low = { ...alarm({ throttles: 2 }), comparison: 'LessThanThreshold' }
  expect(evidenceOf(low, [values(3, 1, 5)])).toEqual({
    periodMs: 60_000,
    values: 3,
    breaching: 1,
    worst: { time: 1, value: 1 },
  })
})

test('an alarm on another expression, on a band or on another kind of metric is not computed', () => {
  const rate = alarm({ errors: { percent: 1 } })
  const strange = rate.series.map((each) => (each.returns ? { ...each, expression: 'errors' } : each))
  expect(readFor({ ...rate, series: strange })).toBeUndefined()
  expect(readFor({ ...rate, threshold: undefined })).toBeUndefined()
  const [one] = alarm({ throttles: 1 }).series
  if (!one?.metric) throw new Error('it has a metric')
  const { metric } = one
  const others = [
    { namespace: 'Shop' },
    { dimensions: { ...metric.dimensions, EventSourceMappingUUID: 'a' } },
    { dimensions: { FunctionName: 'shop', Resource: 'shop' } },
    { periodMs: 30_000 },
    { unit: 'Seconds' },
  ]
  for (const other of others)
    expect(readFor({ ...rate, series: [{ ...one, metric: { ...metric, ...other } }] })).toBeUndefined()
})

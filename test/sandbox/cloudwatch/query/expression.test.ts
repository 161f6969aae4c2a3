import { describe, expect, test } from 'vitest'
import { compute } from '../../../../src/sandbox/cloudwatch/query/compute.ts'
import { idsOf, parseExpression } from '../../../../src/sandbox/cloudwatch/query/expression.ts'

const series: Record<string, Map<number, number>> = {
  errors: new Map([
    [0, 1],
    [60, 0],
    [120, 4],
  ]),
  invocations: new Map([
    [0, 10],
    [60, 0],
    [180, 5],
  ]),
}

function result(text: string): unknown {
  const value = compute(parseExpression(text), {
    valueOf: (id) => series[id] ?? new Map<number, number>(),
    metrics: Object.keys(series),
    grid: { start: 0, end: 240, period: 60 },
  })
  return value instanceof Map ? Object.fromEntries(value as Map<number, number>) : value
}

test.each([
  ['1 + 2 * 3', 7],
  ['(1 + 2) * 3', 9],
  ['10 - 4 - 3', 3],
  ['12 / 3 / 2', 2],
  ['-2 * -(1 + .5)', 3],
])('%s is %d', (text, value) => {
  expect(result(text)).toBe(value)
})

describe('over series', () => {
  test('a number goes with every period', () => {
    expect(result('errors * 100 - 1')).toEqual({ 0: 99, 60: -1, 120: 399 })
  })

  test('a period has a value only where both sides have one and the divisor is not 0', () => {
    expect(result('100 * errors / invocations')).toEqual({ 0: 10 })
  })
})

describe('the functions', () => {
  test.each([
    ['SUM(errors)', 5],
    ['AVG(invocations)', 5],
    ['MAX([errors, invocations])', { 0: 10, 60: 0, 120: 4, 180: 5 }],
    ['SUM(METRICS())', { 0: 11, 60: 0, 120: 4, 180: 5 }],
    ['SUM(METRICS("err"))', { 0: 1, 60: 0, 120: 4 }],
    ['errors / SUM(errors)', { 0: 0.2, 60: 0, 120: 0.8 }],
    ['FILL(invocations, 0)', { 0: 10, 60: 0, 120: 0, 180: 5 }],
    ['FILL(invocations, REPEAT)', { 0: 10, 60: 0, 120: 0, 180: 5 }],
    ['FILL(invocations, LINEAR)', { 0: 10, 60: 0, 120: 2.5, 180: 5 }],
    ['FILL(unknown, 1)', { 0: 1, 60: 1, 120: 1, 180: 1 }],
    ['IF(invocations > 1, errors / invocations, 0)', { 0: 0.1, 60: 0 }],
    ['IF(invocations >= 5, invocations)', { 0: 10, 180: 5 }],
    ['invocations == 0 || invocations == 5', { 0: 0, 60: 1, 180: 1 }],
    ['invocations != 0 AND invocations <= 5', { 0: 0, 60: 0, 180: 1 }],
    ['DIFF(errors)', { 60: -1, 120: 4 }],
    ['RUNNING_SUM(errors)', { 0: 1, 60: 1, 120: 5 }],
    ['CEIL(ABS(-errors) / 3)', { 0: 1, 60: 0, 120: 2 }],
    ['PERIOD(errors) * 1000', 60],
    ['2 ^ errors', { 0: 2, 60: 1, 120: 16 }],
  ])('%s', (text, value) => {
    expect(result(text)).toEqual(value)
  })

  test.each([
    ['SEARCH("{AWS/Lambda} Errors", "Sum")', 'The sandbox has no function SEARCH in metric math.'],
    ['SUM(5)', 'The function SUM cannot take these arguments.'],
    ['FILL(errors, SOMEHOW)', 'The function FILL cannot take these arguments.'],
  ])('%s is refused', (text, message) => {
    expect(() => result(text)).toThrow(message)
  })
})

test('an expression of more than 2,048 characters is refused, one as deep as that allows is not', () => {
  const nested = (depth: number) => `${'('.repeat(depth)}1${')'.repeat(depth)}`
  expect(parseExpression(nested(1023))).toEqual({ kind: 'number', value: 1 })
  expect(() => parseExpression(nested(1024))).toThrow('at most 2048 characters')
})

test('the ids that an expression names are found', () => {
  expect(idsOf(parseExpression('100*(e1+e2)/-all'))).toEqual(['e1', 'e2', 'all'])
})

test.each(['', '1 +', '(1', '1)', '* 2', 'SUM(m1', 'a >', '1 2', 'm1 $ m2'])('%j is refused', (text) => {
  expect(() => parseExpression(text)).toThrow('cannot be read')
})

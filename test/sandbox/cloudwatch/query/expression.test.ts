import { describe, expect, test } from 'vitest'
import { compute, idsOf, parseExpression } from '../../../../src/sandbox/cloudwatch/query/expression.ts'

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
  const value = compute(parseExpression(text), (id) => series[id] ?? new Map())
  return typeof value === 'number' ? value : Object.fromEntries(value)
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

test('an expression of more than 2,048 characters is refused, one as deep as that allows is not', () => {
  const nested = (depth: number) => `${'('.repeat(depth)}1${')'.repeat(depth)}`
  expect(parseExpression(nested(1023))).toEqual({ kind: 'number', value: 1 })
  expect(() => parseExpression(nested(1024))).toThrow('at most 2048 characters')
})

test('the ids that an expression names are found', () => {
  expect(idsOf(parseExpression('100*(e1+e2)/-all'))).toEqual(['e1', 'e2', 'all'])
})

test.each(['', '1 +', '(1', '1)', '* 2', 'SUM(m1)', 'a > 1', '1 2', 'm1 $ m2'])('%j is refused', (text) => {
  expect(() => parseExpression(text)).toThrow('cannot be read')
})

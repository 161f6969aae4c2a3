import { describe, expect, test } from 'vitest'
import { smokeCheck, unasked, untried } from '../../../src/gates/candidate/smoke-check.ts'
import type { SmokeExpectation } from '../../../src/release/values/smoke.ts'

function check(payload: string, expected?: SmokeExpectation, functionError?: string) {
  const event = { name: 'order', payload: {}, expect: expected }
  return smokeCheck(event, { payload, functionError, afterMs: 12.4 })
}

/** How an answer falls short; undefined where it doesn't. */
function failure(payload: unknown, expected: SmokeExpectation): string | undefined {
  const { outcome, detail } = check(JSON.stringify(payload), expected)
  return outcome === 'fail' ? detail.replace(/; the candidate answered: .*/, '') : undefined
}

test('without an event nothing was tried, which is warned of', () => {
  expect(untried).toMatchObject({ title: 'smoke', outcome: 'warn' })
})

test('any answer that is no error passes where nothing is expected, and says how long it took', () => {
  expect(check('no JSON')).toEqual({
    title: 'smoke order',
    outcome: 'pass',
    detail: 'the candidate started and answered its smoke event at 0%, in 12 ms',
  })
})

test('a lone event without a name is just smoke', () => {
  const event = { name: undefined, payload: 1, expect: undefined }
  expect(smokeCheck(event, { payload: '1', functionError: undefined, afterMs: 1 }).title).toBe('smoke')
})

test.each([
  ['in short', '{"errorMessage":"no table"}', '{"errorMessage":"no table"}'],
  ['at length', 'x'.repeat(201), `${'x'.repeat(199)}…`],
  ['at just that length', 'x'.repeat(200), 'x'.repeat(200)],
  ['over several lines', 'no\r\n::error::table', 'no ::error::table'],
])('an error fails, whatever is expected, and is told %s', (_, payload, told) => {
  const detail = `the candidate failed its smoke event: ${told}`
  expect(check(payload, undefined, 'Unhandled')).toEqual({ title: 'smoke order', outcome: 'fail', detail })
  expect(check(payload, { payload: {} }, 'Unhandled')).toMatchObject({ outcome: 'fail', detail })
})

test('an event that AWS did not let through proves nothing, and that fails', () => {
  const event = { name: 'order', payload: {}, expect: undefined }
  expect(unasked(event, 'Could not invoke it: Rate Exceeded (TooManyRequestsException)')).toEqual({
    title: 'smoke order',
    outcome: 'fail',
    detail: 'the candidate could not be tried: Could not invoke it: Rate Exceeded (TooManyRequestsException)',
  })
})

describe('with an expectation', () => {
  test('what is expected passes', () => {
    expect(check('{"statusCode":200,"id":7}', { status: 200, payload: { id: 7 } })).toMatchObject({
      outcome: 'pass',
      detail: 'the candidate started and answered its smoke event as expected at 0%, in 12 ms',
    })
  })

  test('a failure says what was expected and got, and what the answer was', () => {
    expect(check('{"statusCode":500,"body":"no\\ntable"}', { status: 200, payload: { id: 7 } })).toEqual({
      title: 'smoke order',
      outcome: 'fail',
      detail:
        'statusCode: expected 200, got 500; the candidate answered: {"statusCode":500,"body":"no\\ntable"}',
    })
  })

  test.each([
    ['no status', { body: '' }, { status: 200 }, 'statusCode: expected 200, got nothing'],
    ['a status as text', { statusCode: '200' }, { status: 200 }, 'statusCode: expected 200, got "200"'],
    ['text in place of a map', 'alive', { status: 200 }, 'expected a map, got "alive"'],
    ['the wrong text', 'dead', { payload: 'alive' }, 'expected "alive", got "dead"'],
    ['something in place of null', 0, { payload: null }, 'expected null, got 0'],
  ])('%s fails', (_, answer, expected, told) => {
    expect(failure(answer, expected)).toBe(told)
  })

  test.each(['', 'alive', '{"a":', '<html>'])('%j is no JSON, and fails', (answer) => {
    for (const expected of [{ status: 200 }, { payload: {} }]) {
      expect(check(answer, expected)).toMatchObject({
        outcome: 'fail',
        detail: `expected JSON, got something else; the candidate answered: ${answer}`,
      })
    }
  })

  test('a body that is JSON text is compared as JSON with a map or a list', () => {
    const answer = { statusCode: 200, body: '{"items":[{"price":7}],"at":"now"}' }
    expect(failure(answer, { payload: { body: { items: [{ price: 7 }] } } })).toBeUndefined()
    expect(failure(answer, { payload: { body: { items: [{ price: 5 }] } } })).toBe(
      'body.items[0].price: expected 5, got 7',
    )
    expect(failure({ body: '[1]' }, { payload: { body: [1] } })).toBeUndefined()
  })

  test('a body is text where text is expected, and no JSON where it is none', () => {
    expect(failure({ body: '{"a":1}' }, { payload: { body: '{"a":1}' } })).toBeUndefined()
    expect(failure({ body: 'no table' }, { payload: { body: {} } })).toBe(
      'body: expected a map, got "no table"',
    )
    expect(failure({ body: { a: 1 } }, { payload: { body: { a: 1 } } })).toBeUndefined()
  })

  test('an answer nested deeper than any stack is still told', () => {
    const deep = '['.repeat(200_000) + ']'.repeat(200_000)
    expect(check(deep, { payload: { a: 1 } })).toMatchObject({ outcome: 'fail' })
  })
})

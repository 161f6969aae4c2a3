import { expect, test } from 'vitest'
import { firstDifference } from '../../../src/gates/candidate/expectation.ts'

test.each([
  ['the same scalar', 'alive', 'alive'],
  ['null', null, null],
  ['a map with more keys', { id: 1 }, { id: 1, at: 'now' }],
  ['a map with more keys further down', { order: { id: 1 } }, { order: { id: 1, at: 'now' }, at: 'now' }],
  ['an empty map: any map', {}, { id: 1 }],
  ['the same list', [1, { id: 1 }, []], [1, { id: 1 }, []]],
])('%s is what is expected', (_, expected, got) => {
  expect(firstDifference(expected, got)).toBeUndefined()
})

test.each([
  ['another scalar', 'alive', 'dead', 'expected "alive", got "dead"'],
  ['a number as text', { id: 5 }, { id: '5' }, 'id: expected 5, got "5"'],
  ['null where a map is wanted', {}, null, 'expected a map, got null'],
  ['a list where a map is wanted', {}, [], 'expected a map, got a list'],
  ['a map where a list is wanted', { a: [] }, { a: {} }, 'a: expected a list, got a map'],
  ['a missing key', { id: null }, {}, 'id: expected null, got nothing'],
  ['a key that only objects have', { toString: 1 }, {}, 'toString: expected 1, got nothing'],
  ['the first of two', { a: 1, b: { c: 2, d: 3 } }, { a: 1, b: { c: 0, d: 0 } }, 'b.c: expected 2, got 0'],
  ['a shorter list', { items: [1] }, { items: [] }, 'items: expected 1 item, got 0 items'],
  [
    'an item',
    { body: { items: [{}, {}, { price: 5 }] } },
    { body: { items: [{}, {}, { price: 7 }] } },
    'body.items[2].price: expected 5, got 7',
  ],
  ['more in an item', [{ a: { b: 1 } }], [{ a: { b: 1, c: 2 } }], '[0].a.c: expected nothing, got 2'],
  ['a key that is no word', { 'a b': { c: 1 } }, { 'a b': {} }, '["a b"].c: expected 1, got nothing'],
  ['a header', { 'content-type': 'a' }, {}, 'content-type: expected "a", got nothing'],
  ['long text', 'x', 'y'.repeat(200), `expected "x", got "${'y'.repeat(78)}…`],
])('%s is a difference', (_, expected, got, difference) => {
  expect(firstDifference(expected, got)).toBe(difference)
})

test('a key that JSON calls __proto__ is a key like any other', () => {
  const expected: unknown = JSON.parse('{"__proto__": {"a": 1}}')
  expect(firstDifference(expected, {})).toBe('__proto__: expected a map, got nothing')
  expect(firstDifference(expected, JSON.parse('{"__proto__": {"a": 1}}'))).toBeUndefined()
})

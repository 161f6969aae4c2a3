import { expect, test } from 'vitest'
import { alike } from '../../../src/function/values/alike.ts'

test.each([
  [
    { a: 1, b: [1, 2] },
    { b: [1, 2], a: 1 },
  ],
  [{ a: undefined }, {}],
  [null, null],
  [[], []],
])('%o is like %o', (one, other) => {
  expect(alike(one, other)).toBe(true)
})

test.each([
  [
    [1, 2],
    [2, 1],
  ],
  [[], {}],
  [null, {}],
  [undefined, null],
  [{ a: '' }, {}],
  [{ toString: undefined }, { toString: 'x' }],
  [{}, { toString: 'x' }],
])('%o is not like %o', (one, other) => {
  expect(alike(one, other)).toBe(false)
})

import { expect, test } from 'vitest'
import { within } from '../../../src/cli/completion/within.ts'
import { namesIn } from '../../../src/config/file/names-in-file.ts'

test('work that is quick gives its result, or its own error', () => {
  expect(within(60_000, () => namesIn('functions: {cart: {}}').functions)).toEqual(['cart'])
  const fail = () => {
    throw new TypeError('of its own')
  }
  expect(() => within(60_000, fail)).toThrow('of its own')
})

test.each([
  ['brackets', '['.repeat(200_000)],
  ['anchors', '&a '.repeat(80_000)],
])('a file of nothing but %s keeps no shell waiting', (_, text) => {
  expect(() => within(100, () => namesIn(`functions: ${text}`))).toThrow('timed out')
})

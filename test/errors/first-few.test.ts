import { expect, test } from 'vitest'
import { firstFew, firstNames } from '../../src/errors/first-few.ts'

test('a short list is whole', () => {
  expect(firstFew(['a', 'b'], 2)).toEqual(['a', 'b'])
  expect(firstNames(['a', 'b'], 2)).toBe('a, b')
  expect(firstNames([], 2)).toBe('')
})

test('of a long one it is counted what is left out', () => {
  expect(firstFew(['a', 'b', 'c'], 2)).toEqual(['a', 'b', 'and 1 more'])
  expect(firstNames(['a', 'b', 'c', 'd'], 2)).toBe('a, b and 2 more')
})

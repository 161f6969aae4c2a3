import { expect, test } from 'vitest'
import { closest } from '../../../src/config/values/closest.ts'

test.each([
  ['memroy', 'memory'],
  ['Memory', 'memory'],
  ['handlers', 'handler'],
  ['prdo', 'prod'],
  ['timeuot', 'timeout'],
])('%s means %s', (word, meant) => {
  expect(closest(word, ['source', 'memory', 'handler', 'timeout', 'prod', 'sandbox'])).toBe(meant)
})

test('the nearest of two candidates is chosen', () => {
  expect(closest('prod2', ['prod1', 'prod22', 'prod'])).toBe('prod1')
  expect(closest('stagin', ['stage', 'staging'])).toBe('staging')
})

test.each(['production', 'x', ''])('%j is near to none', (word) => {
  expect(closest(word, ['sandbox', 'prod'])).toBeUndefined()
})

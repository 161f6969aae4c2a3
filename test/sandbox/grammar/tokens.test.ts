import { expect, test } from 'vitest'
import { parseOperations } from '../../../src/sandbox/grammar/operations.ts'
import { cutIntoTokens, matchedGroup, tokensInOrder } from '../../../src/sandbox/grammar/tokens.ts'

const token = /\s*(?:(\d+)|([-+]))/y
const cut = (text: string) => cutIntoTokens(text, token)?.map(matchedGroup)

test('a text is cut into its tokens, without the space around them', () => {
  expect(cut(' 12+3 -\n4  ')).toEqual(['12', '+', '3', '-', '4'])
  expect(cut('  ')).toEqual([])
})

test('a text with something that is no token is not cut', () => {
  expect(cut('1 + x')).toBeUndefined()
})

test('operators of one rank bind from the left, and leave the rest where it is', () => {
  const tokens = tokensInOrder<string>(['1', '-', '2', '+', '3', ')'])
  const operand = () => tokens.next() ?? ''
  const joined = parseOperations(tokens, ['+', '-'], operand, (by, left, right) => `(${left}${by}${right})`)
  expect(joined).toBe('((1-2)+3)')
  expect(tokens.areOver()).toBe(false)
  expect(tokens.next()).toBe(')')
})

import { array, assert, constantFrom, property } from 'fast-check'
import stringWidth from 'string-width'
import { expect, test } from 'vitest'
import plainWidth from '../../../scripts/plain-width.cjs'

test('the width in the bundle is that of the package for every single character', () => {
  const wrong: string[] = []
  for (let code = 0; code <= 0x27ff; code += 1) {
    const character = String.fromCharCode(code)
    for (const text of [character, `a${character}`, `\u001B[1m${character}\u001B[22m`]) {
      if (plainWidth(text) !== stringWidth(text)) wrong.push(text)
    }
  }
  expect(wrong).toEqual([])
})

test('and for any text of such characters, marks, joiners and emojis', () => {
  const signs = [
    '\u00AD',
    '\u0301',
    '\u200D',
    '\uFE0F',
    '\u20E3',
    '\u001B[31m',
    '\u001B[0m',
    '\u001B[38;5;1m',
    '\u001B',
  ]
  const characters = signs.concat(Array.from('aé→…─█· 1#\t\n日👩🏽🇩🇪©❤'))
  assert(
    property(array(constantFrom(...characters), { maxLength: 8 }), (parts) => {
      const text = parts.join('')
      expect(plainWidth(text)).toBe(stringWidth(text))
    }),
    { numRuns: 3000 },
  )
})

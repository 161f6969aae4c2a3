import { expect, test } from 'vitest'
import { plain, plainLine } from '../../../src/ui/text/plain.ts'

test.each([
  ['colours', '\u001b[31mred\u001b[0m', 'red'],
  ['clearing the screen', 'a\u001b[2Jb', 'ab'],
  ['moving the cursor', 'a\u001b[10;20Hb', 'ab'],
  ['the title', 'a\u001b]0;owned\u0007b', 'ab'],
  ['the other bracket', 'a\u009b31mb', 'ab'],
  ['bells and backspaces', 'a\u0007\u0008\u007fb', 'ab'],
  ['a lone escape', 'a\u001b', 'a'],
  ['what turns the direction of writing', 'a\u202eb\u2066c', 'abc'],
  ['a carriage return, which would overwrite', 'safe\rfake', 'safefake'],
])('%s never reach a terminal', (_, text, expected) => {
  expect(plain(text)).toBe(expected)
})

test.each(['\u001b]0;a title with blanks\u0007', '\u001b]8;;http://x\u001b\\link\u001b]8;;\u001b\\'])(
  'nothing that could start a sequence is left of %j',
  (text) => {
    // Control characters but tab and line feed.
    expect(plain(text)).not.toMatch(/[^\P{Cc}\t\n]/u)
  },
)

test('tabs, line ends and every script stay', () => {
  expect(plain('a\tb\nc Grüße 日本 😀')).toBe('a\tb\nc Grüße 日本 😀')
})

test('a line stays one line', () => {
  expect(plainLine('one\n::error::two\n\n  three')).toBe('one ::error::two three')
})

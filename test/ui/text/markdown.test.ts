import { expect, test } from 'vitest'
import { markdownFence } from '../../../src/ui/text/markdown/markdown.ts'
import { plainButColours } from '../../../src/ui/text/plain.ts'

test.each([
  ['a carriage return', '\r'],
  ['a mark of direction', '\u200e'],
  ['a character that deletes', '\u007f'],
])('a fence holds backticks that %s keeps apart until all output drops it', (_, mark) => {
  const written = plainButColours(markdownFence(`\`\`${mark}\`\n![](https://example.com/seen)`))
  const [fence = '', ...lines] = written.split('\n')
  expect(lines.slice(0, -1).some((line) => line.startsWith(fence))).toBe(false)
  expect(lines.at(-1)).toBe(fence)
})

test('a fence holds any number of backticks', () => {
  expect(markdownFence('` '.repeat(300_000))).toMatch(/^```\n/)
})

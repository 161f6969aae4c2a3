import { expect, test } from 'vitest'
import { longestLine, splitLines } from '../../../../src/sandbox/execution/runtime/output.ts'

test('complete lines are split off, an unfinished one stays', () => {
  const { lines, rest } = splitLines(Buffer.from('one\r\ntwo\rstill two\nthr'))
  expect(lines).toEqual(['one', 'two\nstill two'])
  expect(rest.toString()).toBe('thr')
})

test('a line over 256 KB goes on in the next one, without a character torn', () => {
  const text = `${'x'.repeat(longestLine - 1)}üy`
  const { lines, rest } = splitLines(Buffer.from(`${text}\n`))
  expect(lines).toEqual(['x'.repeat(longestLine - 1), 'üy'])
  expect(rest.length).toBe(0)
})

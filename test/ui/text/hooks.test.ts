import { stripVTControlCharacters } from 'node:util'
import { expect, test, vi } from 'vitest'
import type { TimedReleaseEvent } from '../../../src/release/history/event.ts'
import { releaseLines } from '../../../src/ui/lines/release.ts'
import { tellTimes } from '../../../src/ui/text/time.ts'

vi.hoisted(() => vi.stubEnv('FORCE_COLOR', '0').stubEnv('CI', 'true'))

const base = {
  function: 'checkout',
  time: Date.parse('2026-11-21T10:00:00.000Z'),
  event: 'hook',
  hook: 'before-shift',
} as const

function lines(event: TimedReleaseEvent): string[] {
  return releaseLines(event, tellTimes(event.time)).map(stripVTControlCharacters)
}

test.each([
  [{ ...base, state: 'started' }, 'hook before-shift started'],
  [{ ...base, state: 'passed', seconds: 1.234 }, 'hook before-shift passed in 1.2 s'],
  [{ ...base, state: 'stopped', seconds: 60 }, 'hook before-shift stopped after 60.0 s'],
] as const)('%j is a line', (event, line) => {
  expect(lines(event)).toEqual([`10:00:00Z checkout  ${line}`])
})

test('one that did not pass is shown with the end of its output, which starts no line of its own', () => {
  const reason = 'hook before-shift exited with 3: line 12'
  const output = `\n${Array.from({ length: 12 }, (_, index) => `line ${index + 1}`).join('\n\n')}\u001b[2J\n`
  const failed = { ...base, state: 'failed', seconds: 2, reason, output } as const
  expect(lines(failed)).toEqual([
    `10:00:00Z checkout  hook before-shift FAILED after 2.0 s: ${reason}`,
    ...Array.from({ length: 10 }, (_, index) => `10:00:00Z checkout    | line ${index + 3}`),
  ])
  expect(lines({ ...failed, state: 'inconclusive', output: '' })).toEqual([
    `10:00:00Z checkout  hook before-shift inconclusive after 2.0 s: ${reason}`,
  ])
})

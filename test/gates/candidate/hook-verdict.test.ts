import { expect, test } from 'vitest'
import { hookVerdict } from '../../../src/gates/candidate/hook-verdict.ts'

test.each([
  [{ how: 'exited', code: 0 }, 'pass', 'hook before-shift passed'],
  [{ how: 'exited', code: 1 }, 'fail', 'hook before-shift exited with 1: two'],
  [{ how: 'exited', code: 74 }, 'fail', 'hook before-shift exited with 74: two'],
  [{ how: 'exited', code: 75 }, 'inconclusive', 'hook before-shift exited with 75: two'],
  [{ how: 'timed-out' }, 'inconclusive', 'hook before-shift was not done within 2m: two'],
  [{ how: 'stopped' }, 'inconclusive', 'hook before-shift was stopped: two'],
  [{ how: 'killed', signal: 'SIGSEGV' }, 'fail', 'hook before-shift was ended by SIGSEGV: two'],
  [
    { how: 'not-started', reason: 'npm: ENOENT' },
    'fail',
    'hook before-shift could not be started: npm: ENOENT: two',
  ],
] as const)('%j says %s', (ending, outcome, reason) => {
  expect(hookVerdict('before-shift', ending, 'one\n two \n\n', '2m')).toEqual({ outcome, reason })
})

test('without output there is nothing to quote, and a long line is cut', () => {
  const failed = { how: 'exited', code: 1 } as const
  expect(hookVerdict('after-shift', failed, '', '1m').reason).toBe('hook after-shift exited with 1')
  const { reason } = hookVerdict('after-shift', failed, `x${'🔥'.repeat(200)}`, '1m')
  expect(reason.length).toBeLessThan(160)
  expect(reason.endsWith('…')).toBe(true)
  expect(reason.isWellFormed()).toBe(true)
})

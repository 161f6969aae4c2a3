import { expect, test, vi } from 'vitest'
import type { Line } from '../../../src/logs/line.ts'
import { logText } from '../../../src/ui/results/logs-tail.ts'
import { tellTimes } from '../../../src/ui/text/time.ts'

vi.hoisted(() => vi.stubEnv('FORCE_COLOR', '0').stubEnv('CI', 'true'))

const line: Line = {
  timestamp: Date.parse('2026-11-21T22:30:01.123Z'),
  version: '4',
  requestId: '8f2c1a90-1111-4222-8333-444455556666',
  message: 'hello',
}

test.each([
  ['a line', {}, '2026-11-21 22:30:01.123Z v4   8f2c1a90 hello'],
  ['no request', { requestId: undefined }, '2026-11-21 22:30:01.123Z v4            hello'],
  ['$LATEST', { version: '$LATEST' }, '2026-11-21 22:30:01.123Z $LATEST 8f2c1a90 hello'],
  ['no version', { version: undefined }, '2026-11-21 22:30:01.123Z      8f2c1a90 hello'],
  ['several lines', { message: 'Error\n  at x' }, '2026-11-21 22:30:01.123Z v4   8f2c1a90 Error\n  at x'],
  [
    'a title and a cleared screen',
    { message: 'a\u001b]0;owned\u0007b\u001b[2Jc' },
    '2026-11-21 22:30:01.123Z v4   8f2c1a90 abc',
  ],
])('%s', (_, changed, text) => {
  expect(logText({ ...line, ...changed }, tellTimes())).toBe(text)
})

import { expect, test } from 'vitest'
import { pauseAfter } from '../../../../src/ui/live/logs/drawings.ts'

test.each([
  { terminal: 'a quick', tookMs: 2, pauseMs: 50 },
  { terminal: 'a slow', tookMs: 200, pauseMs: 600 },
  { terminal: 'a blocked', tookMs: 60_000, pauseMs: 2000 },
])('$terminal terminal leaves time for keys and lines', ({ tookMs, pauseMs }) => {
  expect(pauseAfter(tookMs)).toBe(pauseMs)
})

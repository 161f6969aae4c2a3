import { expect, test } from 'vitest'
import { type RequestSummary, selected } from '../../../src/logs/requests/summary.ts'
import { totalsOf } from '../../../src/logs/requests/totals.ts'

function request(id: string, given: Partial<RequestSummary> = {}): RequestSummary {
  return {
    id,
    version: '7',
    stream: 's',
    start: 0,
    status: 'ok',
    durationMs: 10,
    billedMs: 10,
    memoryMb: 128,
    maxMemoryMb: 64,
    error: undefined,
    traceId: undefined,
    ...given,
  }
}

const some = [
  request('late', { start: 3, durationMs: 30 }),
  request('cold', { start: 1, initMs: 100, durationMs: 20 }),
  request('bad', { start: 2, status: 'timeout', durationMs: 3000, maxMemoryMb: 120 }),
  request('restored', { start: 4, status: 'error', restoreMs: 50 }),
  request('open', { start: 5, status: 'running', durationMs: undefined, maxMemoryMb: undefined }),
]
const none = { failed: false, cold: false, slow: false }

test.each([
  [none, ['cold', 'bad', 'late', 'restored', 'open']],
  [{ ...none, failed: true }, ['bad', 'restored']],
  [{ ...none, cold: true }, ['cold', 'restored']],
  [{ ...none, cold: true, failed: true }, ['restored']],
  [{ ...none, slow: true }, ['bad', 'late', 'cold', 'restored', 'open']],
])('%j selects %j', (selection, ids) => {
  expect(selected(some, selection).map(({ id }) => id)).toEqual(ids)
})

test('totals count by status, and have percentiles of the requests that have ended', () => {
  expect(totalsOf(some)).toEqual({
    requests: 5,
    statuses: { ok: 2, timeout: 1, error: 1, running: 1 },
    cold: 2,
    duration: { p50: 20, p90: 3000, p99: 3000, max: 3000 },
    init: { p50: 50, p90: 100, p99: 100, max: 100 },
    memory: { maxMb: 120, ofMb: 128 },
  })
})

test('totals of nothing have no percentiles', () => {
  expect(totalsOf([])).toMatchObject({ requests: 0, duration: undefined, memory: undefined })
})

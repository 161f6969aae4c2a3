import { describe, expect, test } from 'vitest'
import { coverage } from '../../../src/logs/following/sweeps.ts'

const two = [
  { everyMs: 1000, backMs: 10_000, perPageMs: 100, freePages: 1 },
  { everyMs: 30_000, backMs: 300_000, perPageMs: 100, freePages: 0 },
]
const start = 1_000_000
const one = () => 1

describe('a tail of two sweeps', () => {
  test('reads the backlog first, by its poll alone', () => {
    const covered = coverage(start, one, two)
    expect(covered.due(0, start + 600_000)).toMatchObject({ since: start, begun: start + 600_000 })
    expect(covered.due(1, start + 600_000)).toBeUndefined()
  })

  test('goes back by each sweep from the begin of its last read', () => {
    const covered = coverage(start, one, two)
    covered.done({ since: start, begun: start + 600_000 })
    expect(covered.due(0, start + 600_999)).toBeUndefined()
    expect(covered.due(0, start + 601_000)?.since).toBe(start + 590_000)
    expect(covered.due(1, start + 629_999)).toBeUndefined()
    expect(covered.due(1, start + 630_000)?.since).toBe(start + 300_000)
  })

  test('never reads from before its start', () => {
    const covered = coverage(start, one, two)
    covered.done({ since: start, begun: start + 1 })
    expect(covered.due(1, start + 90_000)?.since).toBe(start)
  })

  test('goes as far back after a time without answers as if it had read all along', () => {
    const covered = coverage(start, one, two)
    covered.done({ since: start, begun: start + 600_000 })
    // An hour in which no read came to its end: a laptop's sleep, a throttled account.
    expect(covered.due(0, start + 4_200_000)?.since).toBe(start + 590_000)
    expect(covered.due(1, start + 4_200_000)?.since).toBe(start + 300_000)
  })

  test('knows what no read brings again', () => {
    const covered = coverage(start, one, two)
    covered.done({ since: start, begun: start + 600_000 })
    covered.done({ since: start + 590_000, begun: start + 629_000 })
    expect(covered.oldest()).toBe(start + 300_000)
    covered.done({ since: start + 300_000, begun: start + 630_000 })
    expect(covered.oldest()).toBe(start + 330_000)
    expect(covered.due(0, start + 631_000)?.since).toBe(start + 620_000)
  })
})

test('a sweep of several pages comes later, and later yet where several groups are read', () => {
  let groups = 1
  const covered = coverage(start, () => groups, two)
  const begun = start + 600_000
  covered.done({ since: start, begun }, 50)
  expect(covered.dueAt(0)).toBe(begun + 1000)
  covered.done({ since: begun - 10_000, begun, sweep: 0 }, 21)
  expect(covered.dueAt(0)).toBe(begun + 2000)
  expect(covered.dueAt(1)).toBe(begun + 30_000)
  groups = 3
  expect(covered.dueAt(0)).toBe(begun + 6000)
})

test('a clock that is corrected backwards keeps no read waiting, and brings nothing forgotten again', () => {
  const covered = coverage(start, one, two)
  const begun = start + 900_000
  covered.done({ since: start, begun })
  expect(covered.oldest()).toBe(begun - 300_000)
  const corrected = begun - 60_000
  expect(covered.due(0, corrected)?.since).toBe(corrected - 10_000)
  expect(covered.due(0, corrected + 999)).toBeUndefined()
  expect(covered.due(1, corrected)?.since).toBe(begun - 300_000)
})

test('a poll of a quiet group comes later', () => {
  const covered = coverage(start, one, two)
  covered.done({ since: start, begun: start })
  expect(covered.due(0, start + 1499, 500)).toBeUndefined()
  expect(covered.due(0, start + 1500, 500)).toBeDefined()
})

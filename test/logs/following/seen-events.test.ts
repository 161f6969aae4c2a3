import { expect, test } from 'vitest'
import { seenEvents } from '../../../src/logs/following/seen-events.ts'

const event = (timestamp: number, id = `e${timestamp}`) => ({ id, timestamp })

test('repeats are dropped, in one batch and over several', () => {
  const seen = seenEvents()
  expect(seen.fresh([event(10), event(20), event(10)])).toEqual([event(10), event(20)])
  expect(seen.fresh([event(10), event(20), event(30)])).toEqual([event(30)])
})

test('different events of the same time are each new', () => {
  expect(seenEvents().fresh([event(10, 'a'), event(10, 'b')])).toHaveLength(2)
})

test('whole seconds before a time are forgotten, so that memory is bounded by time', () => {
  const seen = seenEvents()
  seen.fresh([event(1500), event(2500), event(3500)])
  seen.forgetBefore(2900)
  expect(seen.size).toBe(2)
  expect(seen.fresh([event(2500)])).toEqual([])
})

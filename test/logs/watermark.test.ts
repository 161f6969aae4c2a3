import { expect, test } from 'vitest'
import { watermark } from '../../src/logs/watermark.ts'

function event(timestamp: number, id = `e${timestamp}`) {
  return { id, timestamp }
}

test('reading begins at the start, and never goes back before it', () => {
  const mark = watermark(1000, 100)
  expect(mark.since()).toBe(1000)
  mark.fresh([event(1050)])
  expect(mark.since()).toBe(1000)
})

test('reading goes back by the overlap from the newest event', () => {
  const mark = watermark(1000, 100)
  mark.fresh([event(5000), event(4000)])
  expect(mark.since()).toBe(4900)
})

test('repeats are dropped, in one batch and over several', () => {
  const mark = watermark(0, 100)
  expect(mark.fresh([event(10), event(20), event(10)])).toEqual([event(10), event(20)])
  expect(mark.fresh([event(10), event(20), event(30)])).toEqual([event(30)])
})

test('different events of the same time are both new', () => {
  const mark = watermark(0, 100)
  expect(mark.fresh([event(10, 'a'), event(10, 'b')])).toHaveLength(2)
})

test('a late event inside the overlap appears, once', () => {
  const mark = watermark(0, 100)
  mark.fresh([event(1000)])
  expect(mark.fresh([event(950), event(1000)])).toEqual([event(950)])
  expect(mark.fresh([event(950), event(1000)])).toEqual([])
})

test('whatever is read again is known, to the very edge of the overlap', () => {
  const mark = watermark(0, 100)
  mark.fresh([event(900), event(1000)])
  expect(mark.since()).toBe(900)
  expect(mark.fresh([event(900)])).toEqual([])
})

test('only ids inside the overlap are kept', () => {
  const mark = watermark(0, 100)
  for (let time = 1; time <= 5000; time += 1) mark.fresh([event(time)])
  const all = Array.from({ length: 5000 }, (_, index) => event(index + 1))
  // What is forgotten counts as new again: it shows how much is remembered.
  expect(all.length - mark.fresh(all).length).toBe(101)
})

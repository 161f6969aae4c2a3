import { expect, test } from 'vitest'
import { pageSizes, timeSlices } from '../../../src/logs/following/time-slices.ts'

test('parts of a time have no gap and no overlap, and the last one has no end', () => {
  expect(timeSlices(1000, 4001, 3)).toEqual([
    { since: 1000, until: 2000 },
    { since: 2000, until: 3000 },
    { since: 3000, until: undefined },
  ])
  expect(timeSlices(1000, 1000, 3)).toEqual([{ since: 1000, until: undefined }])
  expect(timeSlices(1000, 9000, 1)).toEqual([{ since: 1000, until: undefined }])
})

test('a read is split into as many parts as the events of the last one fill pages', () => {
  const sizes = pageSizes()
  expect(sizes.needed()).toBe(1)
  sizes.page(100, false)
  sizes.page(80, true)
  sizes.finish()
  expect(sizes.needed()).toBe(2)
  // Two parts, whose pages are not full.
  sizes.page(90, true)
  sizes.page(90, true)
  sizes.finish()
  expect(sizes.needed()).toBe(2)
  sizes.page(70, true)
  sizes.page(20, true)
  sizes.finish()
  expect(sizes.needed()).toBe(1)
})

test('empty pages with a token split nothing, and a read is split into four parts at most', () => {
  const sizes = pageSizes()
  sizes.page(0, false)
  sizes.page(0, false)
  sizes.page(5, true)
  sizes.finish()
  expect(sizes.needed()).toBe(1)
  for (let page = 0; page < 9; page++) sizes.page(100, page === 8)
  sizes.finish()
  expect(sizes.needed()).toBe(4)
})

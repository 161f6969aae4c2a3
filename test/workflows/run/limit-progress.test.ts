import { expect, test } from 'vitest'
import { limitProgress } from '../../../src/workflows/run/limit-progress.ts'

test('progress is passed on a second after its start, then once a second', () => {
  let now = 50_000
  const told: number[] = []
  const tell = limitProgress({ elapsed: () => now }, (progress: number) => told.push(progress))
  for (const at of [50_000, 50_999, 51_000, 51_500, 51_999, 52_400, 53_399, 53_400]) {
    now = at
    tell(at)
  }
  expect(told).toEqual([51_000, 52_400, 53_400])
})

test('the end is passed on though the second is not over, unless it is of something quick', () => {
  let now = 50_000
  const told: number[] = []
  const clock = { elapsed: () => now }
  const isEnd = (progress: number) => progress === 100
  const slow = limitProgress(clock, (progress: number) => told.push(progress), isEnd)
  for (const [at, progress] of [
    [50_000, 0],
    [51_000, 40],
    [51_500, 90],
    [51_600, 100],
  ] as const) {
    now = at
    slow(progress)
  }
  expect(told).toEqual([40, 100])
  const quick = limitProgress(clock, (progress: number) => told.push(progress), isEnd)
  quick(0)
  now += 999
  quick(100)
  expect(told).toHaveLength(2)
})

test('what comes before the start does not count, such as a build', () => {
  let now = 50_000
  const told: number[] = []
  const tell = limitProgress({ elapsed: () => now }, (progress: number) => told.push(progress))
  for (const at of [60_000, 60_900, 61_000]) {
    now = at
    tell(at)
  }
  expect(told).toEqual([61_000])
})

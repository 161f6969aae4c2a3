import { expect, test } from 'vitest'
import { eachSecond } from '../../src/workflows/each-second.ts'

test('progress is passed on a second after the start, then once a second', () => {
  let now = 50_000
  const told: number[] = []
  const tell = eachSecond({ now: () => now }, (progress: number) => told.push(progress))
  for (const at of [50_000, 50_999, 51_000, 51_500, 51_999, 52_400, 53_399, 53_400]) {
    now = at
    tell(at)
  }
  expect(told).toEqual([51_000, 52_400, 53_400])
})

import { expect, test } from 'vitest'
import { tokenBucket } from '../../../src/aws/client/token-bucket.ts'
import type { Clock } from '../../../src/ports/clock.ts'

/** A clock that stands still: sleepers say how long they would. AWS's seconds pass so much faster than this machine's. */
function stillClock(speed = 1) {
  let now = 0
  const sleeps: number[] = []
  const clock: Pick<Clock, 'elapsed' | 'pause' | 'realMs'> = {
    elapsed: () => now,
    realMs: (ms) => ms / speed,
    pause: async (ms) => void sleeps.push(ms),
  }
  const pass = (ms: number) => {
    now += ms
  }
  return { clock, sleeps, pass }
}

test('a burst of one second passes at once, and the rest at the rate, in order', async () => {
  const { clock, sleeps } = stillClock()
  const bucket = tokenBucket(10, clock)
  await Promise.all(Array.from({ length: 13 }, () => bucket.take()))
  expect(sleeps.map(Math.round)).toEqual([100, 200, 300])
})

test('tokens come back with time', async () => {
  const { clock, sleeps, pass } = stillClock()
  const bucket = tokenBucket(10, clock)
  for (let taken = 0; taken < 10; taken += 1) await bucket.take()
  pass(200)
  for (let taken = 0; taken < 3; taken += 1) await bucket.take()
  expect(sleeps.map(Math.round)).toEqual([100])
})

test('an idle hour saves up one second, no more', async () => {
  const { clock, sleeps, pass } = stillClock()
  const bucket = tokenBucket(10, clock)
  pass(3_600_000)
  for (let taken = 0; taken < 11; taken += 1) await bucket.take()
  expect(sleeps.map(Math.round)).toEqual([100])
})

test('a clock that goes back takes nothing away', async () => {
  const { clock, sleeps, pass } = stillClock()
  const bucket = tokenBucket(10, clock)
  pass(-5000)
  for (let taken = 0; taken < 10; taken += 1) await bucket.take()
  expect(sleeps).toEqual([])
})

test('at a sandbox that is 10 times faster, a second of its clock has the calls of a second', async () => {
  const { clock, sleeps, pass } = stillClock(10)
  const bucket = tokenBucket(10, clock)
  for (let taken = 0; taken < 12; taken += 1) await bucket.take()
  expect(sleeps.map(Math.round)).toEqual([10, 20])
  pass(70)
  for (let taken = 0; taken < 6; taken += 1) await bucket.take()
  expect(sleeps.map(Math.round)).toEqual([10, 20, 10])
})

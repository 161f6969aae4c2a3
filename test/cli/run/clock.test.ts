import { expect, test } from 'vitest'
import { createSystemClock, systemClock } from '../../../src/cli/run/clock.ts'

const noon = Date.parse('2026-11-21T12:00:00Z')

test("AWS's time is in whole milliseconds", () => {
  const sentAt = performance.now() - 0.25
  systemClock.learn({ date: Math.floor(Date.now() / 1000) * 1000, sentAt, receivedAt: sentAt + 0.125 })
  const times = Array.from({ length: 20 }, () => systemClock.now())
  expect(times).toEqual(times.map(Math.trunc))
})

test('a fast sandbox is followed, and its clock is no wrong clock of this machine', async () => {
  const clock = createSystemClock({ wall: () => noon, monotonic: () => 5000 })
  clock.learn({ date: noon - 3_600_000, sentAt: 4000, receivedAt: 4001 })
  clock.learn({ date: noon - 3_600_000, sentAt: 4500, receivedAt: 4501 })
  expect(clock.skewMs()).toBeGreaterThan(3_000_000)
  clock.follow({ time: noon, speed: 10_000, sentAt: 4990, receivedAt: 5000 })
  expect([clock.now(), clock.skewMs(), clock.elapsed()]).toEqual([noon, 0, 5000])
  // Nobody would wait for an hour of this machine's time.
  await expect(clock.sleep(3_600_000)).resolves.toBeUndefined()
  clock.follow(undefined)
  expect(clock.realMs(1000)).toBe(1000)
  expect(clock.skewMs()).toBeGreaterThan(3_000_000)
})

test('an aborted sleep ends at once', async () => {
  const clock = createSystemClock({ wall: () => noon, monotonic: () => 0 })
  const signal = AbortSignal.abort()
  const ended = Promise.all([clock.sleep(3_600_000, signal), clock.pause(3_600_000, signal)])
  await expect(ended).resolves.toBeDefined()
})

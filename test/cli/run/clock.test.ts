import { expect, test } from 'vitest'
import { systemClock } from '../../../src/cli/run/clock.ts'

test("AWS's time is in whole milliseconds", () => {
  const sentAt = performance.now() - 0.25
  systemClock.learn({ date: Math.floor(Date.now() / 1000) * 1000, sentAt, receivedAt: sentAt + 0.125 })
  const times = Array.from({ length: 20 }, () => systemClock.now())
  expect(times).toEqual(times.map(Math.trunc))
})

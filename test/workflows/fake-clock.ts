import type { Clock } from '../../src/ports/clock.ts'

export interface FakeClock extends Clock {
  /** Does something when the time comes, in the midst of a sleep. */
  at(time: number, action: () => void): void
}

/** A clock that moves only while somebody sleeps. */
export function fakeClock(start: number): FakeClock {
  let now = start
  const planned: { time: number; action: () => void }[] = []
  const sleep: Clock['sleep'] = async (ms, signal) => {
    const until = now + ms
    const awake = () => signal?.aborted === true
    for (let next = planned[0]; next && next.time <= until && !awake(); next = planned[0]) {
      planned.shift()
      now = Math.max(now, next.time)
      next.action()
    }
    if (!awake()) now = until
  }
  return {
    sleep,
    pause: sleep,
    realMs: (ms) => ms,
    now: () => now,
    elapsed: () => now,
    at(time, action) {
      planned.push({ time, action })
      planned.sort((a, b) => a.time - b.time)
    },
  }
}

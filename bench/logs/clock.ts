import { syncBuiltinESMExports } from 'node:module'
import timersPromises from 'node:timers/promises'

/** A clock that differs from this machine's. */
export interface OtherClock {
  /** How far it is ahead, milliseconds. */
  aheadMs: number
  /** How many times as fast it runs since `from`, milliseconds since the epoch. */
  rate: number
  from: number
}

/**
 * Gives this process another clock: dates, the monotonic time and timers follow it, so an hour of a program passes in
 * minutes.
 */
export function setClock({ aheadMs, from, rate }: OtherClock): void {
  const RealDate = Date
  const realNow = performance.now.bind(performance)
  const fromMonotonic = realNow() - (RealDate.now() - from)
  const now = () => Math.floor(from + (RealDate.now() - from) * rate + aheadMs)
  globalThis.Date = class extends RealDate {
    constructor(...parts: []) {
      if (parts.length === 0) super(now())
      else super(...parts)
    }

    static override now(): number {
      return now()
    }
  } as DateConstructor
  performance.now = () => fromMonotonic + (realNow() - fromMonotonic) * rate
  const { setInterval, setTimeout } = globalThis
  const { setTimeout: sleep } = timersPromises
  const sooner = (ms = 0) => ms / rate
  globalThis.setTimeout = Object.assign(
    (work: () => void, ms?: number, ...given: []) => setTimeout(work, sooner(ms), ...given),
    setTimeout,
  )
  globalThis.setInterval = Object.assign(
    (work: () => void, ms?: number, ...given: []) => setInterval(work, sooner(ms), ...given),
    setInterval,
  )
  timersPromises.setTimeout = (ms, ...given) => sleep(sooner(ms), ...given)
  syncBuiltinESMExports()
}

import { setTimeout } from 'node:timers/promises'
import { type PacedSample, pacedTime } from '../../aws/answers/paced-time.ts'
import { type LocalClocks, type ServerTime, serverTime } from '../../aws/answers/server-time.ts'
import type { Clock } from '../../ports/clock.ts'

/** The clock of a process, and what corrects it. */
export interface SystemClock extends Clock, Pick<ServerTime, 'learn' | 'skewMs'> {
  /**
   * Learns the time of a sandbox whose clock runs faster than real time, and follows it from then on. Undefined ends
   * this.
   */
  follow(sample: PacedSample | undefined): void
}

/** The shortest real pause of work that looks again and again, milliseconds; only a fast clock needs it. */
const shortestPauseMs = 25
/** A sleep that begins before the first answer looks again after this time whether the clock is fast, milliseconds. */
const unknownMs = 1000

/**
 * AWS's time from the answers of this process; this machine's own before the first answer. It sleeps by a clock that
 * never jumps.
 */
export function createSystemClock({ wall, monotonic }: LocalClocks): SystemClock {
  const time = serverTime({ wall, monotonic })
  const paced = pacedTime(monotonic)
  const realMs = (ms: number) => ms / paced.speed()
  const pauseFor = (ms: number, signal?: AbortSignal) =>
    pause(Math.max(realMs(ms), Math.min(ms, shortestPauseMs)), signal)
  return {
    learn: time.learn,
    follow: (sample) => (sample ? paced.learn(sample) : paced.forget()),
    // The clock of a sandbox is meant to differ.
    skewMs: () => (paced.now() === undefined ? time.skewMs() : 0),
    // JSON and CloudWatch have whole milliseconds.
    now: () => Math.round(paced.now() ?? time.now()),
    realMs,
    elapsed: monotonic,
    async sleep(ms, signal) {
      const first = paced.now() === undefined ? Math.min(ms, unknownMs) : ms
      await pauseFor(first, signal)
      if (ms > first) await pauseFor(ms - first, signal)
    },
    pause,
  }
}

export const systemClock: SystemClock = createSystemClock({
  wall: () => Date.now(),
  monotonic: () => performance.now(),
})

async function pause(ms: number, signal?: AbortSignal): Promise<void> {
  try {
    await setTimeout(ms, undefined, signal ? { signal } : {})
  } catch (error) {
    if (!signal?.aborted) throw error
  }
}

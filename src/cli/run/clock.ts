import { setTimeout as pause } from 'node:timers/promises'
import { type ServerTime, serverTime } from '../../aws/answers/server-time.ts'
import type { Clock } from '../../ports/clock.ts'

const time: ServerTime = serverTime({ wall: () => Date.now(), monotonic: () => performance.now() })

/**
 * AWS's time from the answers of this process; this machine's own before the first answer. It sleeps by a clock that
 * never jumps.
 */
export const systemClock: Clock & Pick<ServerTime, 'learn' | 'skewMs'> = {
  ...time,
  // JSON and CloudWatch have whole milliseconds.
  now: () => Math.round(time.now()),
  elapsed: () => performance.now(),
  async sleep(ms, signal) {
    try {
      await pause(ms, undefined, signal ? { signal } : {})
    } catch (error) {
      if (!signal?.aborted) throw error
    }
  },
}

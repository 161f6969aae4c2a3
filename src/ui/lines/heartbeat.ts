import { chalkStderr as colour } from 'chalk'
import type { TimedReleaseEvent } from '../../release/history/event.ts'
import { formatElapsed } from '../text/figures.ts'
import type { TimeTeller } from '../text/time.ts'
import { afterProgress, beforeProgress } from './progress.ts'

/**
 * The longest silence about a function at work before a line reports it: a CI log shows progress without too many
 * lines; ms.
 */
const silenceMs = 15_000

/** Reports the work of functions that are silent; the gates of those with traffic are reported anyway. */
export interface Heartbeat {
  see(event: TimedReleaseEvent): void
  /** @param now milliseconds since the epoch */
  beat(now: number): void
}

/**
 * @param write takes one line
 * @param tellTime for all lines that are written there
 * @param realMs this machine's time, in which the work is done, for so much of the events' time; milliseconds
 */
export function heartbeat(
  functions: readonly string[],
  write: (line: string) => void,
  tellTime: TimeTeller,
  realMs: (ms: number) => number,
): Heartbeat {
  let all = beforeProgress(functions)
  const heard = new Map<string, number>()
  return {
    see(event) {
      all = afterProgress(all, event)
      if (event.event !== 'stage') heard.set(event.function, event.time)
    },
    beat(now) {
      for (const { function: name, is, words, began = now } of all) {
        if (is !== 'working' || realMs(now - (heard.get(name) ?? began)) < silenceMs) continue
        heard.set(name, now)
        const lasts = formatElapsed(realMs(now - began))
        write(`${colour.dim(tellTime(now))} ${colour.bold(name)}  still ${words}, ${lasts}`)
      }
    },
  }
}

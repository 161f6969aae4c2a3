import { chalkStderr as colour } from 'chalk'
import type { TimedReleaseEvent } from '../../release/history/event.ts'
import { formatElapsed } from '../text/figures.ts'
import type { TimeTeller } from '../text/time.ts'
import { afterProgress, beforeProgress } from './progress.ts'

/** How long nothing is heard of a function that works before a line says so: a CI log shows life without flooding; ms. */
const silenceMs = 15_000

/** Says of functions that work silently what they do; gates of those that have traffic are told anyway. */
export interface Heartbeat {
  see(event: TimedReleaseEvent): void
  /** @param now milliseconds since the epoch */
  beat(now: number): void
}

/**
 * @param write takes one line
 * @param tellTime of all lines that are written there
 */
export function heartbeat(
  functions: readonly string[],
  write: (line: string) => void,
  tellTime: TimeTeller,
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
        if (is !== 'working' || now - (heard.get(name) ?? began) < silenceMs) continue
        heard.set(name, now)
        write(
          `${colour.dim(tellTime(now))} ${colour.bold(name)}  still ${words}, ${formatElapsed(now - began)}`,
        )
      }
    },
  }
}

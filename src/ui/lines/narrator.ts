import type { TimedReleaseEvent } from '../../release/history/event.ts'
import type { TimeTeller } from '../text/time.ts'
import { releaseLines } from './release.ts'

/**
 * How often an unchanged verdict is repeated on plain output, so that a CI log shows progress without too many lines;
 * ms.
 */
const repeatMs = 30_000
/** How often packaging and uploading report their progress; ms. */
const progressMs = 5000

/** The last text about a function. */
interface Said {
  what: string
  at: number
}

/**
 * Turns the events of releases into plain lines, without repetitions of a function's last verdict.
 *
 * @param write takes one line
 * @param tellTime for all lines that are written there
 */
export function narrator(
  write: (line: string) => void,
  tellTime: TimeTeller,
): (event: TimedReleaseEvent) => void {
  const last = new Map<string, Said>()
  return (event) => {
    const pause = event.event === 'observed' ? repeatMs : progressMs
    const what = repeated(event)
    const before = last.get(event.function)
    if (what !== undefined) {
      if (what === before?.what && event.time - before.at < pause) return
      last.set(event.function, { what, at: event.time })
    }
    if (event.event === 'shifted' || event.event === 'standing') last.delete(event.function)
    for (const line of releaseLines(event, tellTime)) write(line)
  }
}

/** Returns a key that is equal for events with equal text; undefined for events that are always shown. */
function repeated(event: TimedReleaseEvent): string | undefined {
  if (event.event === 'packaging' || event.event === 'uploading') return event.event
  if (event.event !== 'observed') return undefined
  return `${event.step} ${event.verdict.outcome} ${event.extended ?? ''} ${event.verdict.reason}`
}

import type { TimedReleaseEvent } from '../release/event.ts'
import { releaseLines } from './release-lines.ts'

/** How often an unchanged verdict is repeated on plain output, so that a CI log shows life without flooding; ms. */
const repeatMs = 30_000

/**
 * Turns a release's events into plain lines; observations that only repeat the last verdict are left out.
 *
 * @param write takes one line
 */
export function narrator(write: (line: string) => void): (event: TimedReleaseEvent) => void {
  let told = ''
  let toldAt = 0
  return (event) => {
    if (event.event === 'observed') {
      const said = `${event.function} ${event.step} ${event.verdict.outcome} ${event.verdict.reason}`
      if (said === told && event.time - toldAt < repeatMs) return
      told = said
      toldAt = event.time
    }
    if (event.event === 'shifted') told = ''
    for (const line of releaseLines(event)) write(line)
  }
}

import type { TimedReleaseEvent } from '../../release/history/event.ts'
import type { TimeTeller } from '../text/time.ts'
import { narrator } from './narrator.ts'

/**
 * Turns the events of releases into plain lines as `narrator` does, for commands that end with the release. How the
 * release stands at its end is left out, since the command's result or error tells it a moment later.
 */
export function narratorToEnd(
  write: (line: string) => void,
  tellTime: TimeTeller,
): (event: TimedReleaseEvent) => void {
  const narrate = narrator(write, tellTime)
  return (event) => {
    if (event.event === 'standing' && lastPhases.includes(event.phase)) return
    narrate(event)
  }
}

const lastPhases: readonly string[] = ['done', 'rolled-back', 'paused', 'awaiting-approval']

import type { TimedReleaseEvent } from '../../release/history/event.ts'
import type { TimeTeller } from '../text/time.ts'
import { narrator } from './narrator.ts'

/**
 * Turns the events of releases into plain lines as `narrator` does, but leaves to the end of the command what its
 * result or its error tells: for commands that end as soon as the release has ended or needs a person. Each fact is
 * then told once.
 */
export function narratorToEnd(
  write: (line: string) => void,
  tellTime: TimeTeller,
): (event: TimedReleaseEvent) => void {
  const narrate = narrator(write, tellTime)
  return (event) => {
    if (event.event === 'standing' && lastPhases.includes(event.phase)) return
    narrate(event.event === 'observed' && event.verdict.outcome === 'fail' ? withoutReason(event) : event)
  }
}

const lastPhases: readonly string[] = ['done', 'rolled-back', 'paused', 'awaiting-approval']

/** A gate that fails rolls back, and the error has the reason. */
function withoutReason<Event extends { verdict: { outcome: 'pass' | 'fail' | 'inconclusive' } }>(
  event: Event,
) {
  return { ...event, verdict: { ...event.verdict, reason: 'rolling back, told below' } }
}

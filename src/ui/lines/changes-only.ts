import type { TimedReleaseEvent } from '../../release/history/event.ts'

/**
 * Leaves out a verdict that equals the one before it; passes everything else on.
 *
 * @param tell takes an event
 */
export function changesOnly(tell: (event: TimedReleaseEvent) => void): (event: TimedReleaseEvent) => void {
  let last = ''
  return (event) => {
    if (event.event === 'standing') last = ''
    if (event.event === 'observed') {
      const { outcome, reason } = event.verdict
      const said = `${event.step} ${outcome} ${reason}`
      if (said === last) return
      last = said
    }
    tell(event)
  }
}

import type { TimedReleaseEvent } from '../../release/history/event.ts'

type Observed = Extract<TimedReleaseEvent, { event: 'observed' }>

/** An unchanged verdict is passed on as often as this, so that its figures grow old nowhere; ms. */
const repeatMs = 60_000

/**
 * Passes on all events, but of the verdicts on a function only those that changed, and one a minute: a stream of a long
 * canary has one every few seconds. Growing figures are no change.
 *
 * @param tell takes an event
 */
export function thinned(tell: (event: TimedReleaseEvent) => void): (event: TimedReleaseEvent) => void {
  const last = new Map<string, { said: string; at: number }>()
  return (event) => {
    if (event.event === 'observed') {
      const said = kindOf(event)
      const before = last.get(event.function)
      if (before?.said === said && event.time - before.at < repeatMs) return
      last.set(event.function, { said, at: event.time })
    }
    if (event.event === 'shifted') last.delete(event.function)
    tell(event)
  }
}

/** A text that differs if a reader would call two verdicts different. */
function kindOf({ step, extended, verdict, alarms, comparison = [] }: Observed): string {
  return JSON.stringify([
    step,
    extended,
    verdict.outcome,
    verdict.reason.replace(/\d+(?:[.,]\d+)*/g, '0'),
    alarms.map((alarm) => [alarm.name, alarm.condition, alarm.verdict]),
    comparison.map(({ metric, outcome }) => [metric, outcome]),
  ])
}

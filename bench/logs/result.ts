import { percentile } from '../figures.ts'
import type { Arrivals } from './arrivals.ts'
import type { Span } from './faults.ts'
import type { Schedule } from './schedule.ts'

/** Seconds from the time at which events could be read to the time at which they were in the pipe. */
export interface Delays {
  p50: number
  p99: number
  /** The longest one of an event that was late itself. */
  late: number
}

/**
 * @param since events that could be read before, when the tail began, are left out
 * @param closed a time in which nothing could be read
 */
export function delaysOf(
  groups: readonly Schedule[],
  came: Arrivals,
  { since, closed }: { since: number; closed: Span | undefined },
): Delays {
  const onTime: number[] = []
  let late = Number.NaN
  for (const [number, group] of groups.entries()) {
    for (let index = 0; index < group.count; index++) {
      const at = came.at(number, index)
      const readable = group.readable(index)
      if (Number.isNaN(at) || readable < since) continue
      const from = closed && readable >= closed.from && readable < closed.until ? closed.until : readable
      const delay = (at - from) / 1000
      if (group.isLate(index)) late = Math.max(delay, Number.isNaN(late) ? 0 : late)
      else onTime.push(delay)
    }
  }
  const of = (percent: number) => (onTime.length === 0 ? Number.NaN : percentile(onTime, percent))
  return { p50: of(50), p99: of(99), late }
}

import type { TimedReleaseEvent } from '../../release/history/event.ts'
import type { ScheduledShift } from '../../release/plan/plan.ts'
import { conditionsOf } from '../../ui/text/plan-words.ts'

/** The course of one release as far as this process saw it: for a table and a chart of its traffic. */
export interface Course {
  id: string
  /** As in the plan: `canary`, `linear`, `all-at-once`. */
  strategy: string
  alias: string
  candidate: string
  /** The moments at which the candidate's traffic changed, or is to change; the oldest first. */
  moments: readonly Moment[]
}

/** The candidate's share of the traffic from a time on. */
interface Moment {
  /** Milliseconds since the epoch. */
  time: number
  percent: number
  is: 'made' | 'planned'
  /** The last verdict of the gates in that time, the plan's conditions, or the reason of the end. */
  words: string
}

/** The course after one more event; undefined until the release is planned. */
export function afterEvent(course: Course | undefined, event: TimedReleaseEvent): Course | undefined {
  if (event.event === 'planned') return planned(course, event)
  if (!course) return undefined
  switch (event.event) {
    case 'standing':
      return event.weight && course.moments.every(({ is }) => is === 'planned')
        ? made(course, event.time, event.weight.percent)
        : course
    case 'shifted':
      return made(withCandidate(course, event), event.time, event.weight?.percent ?? 100, 'next')
    case 'observed':
      return withWords(course, `gate ${event.verdict.outcome}: ${event.verdict.reason}`)
    case 'paused':
      return withoutPlan(withWords(course, `paused: ${event.reason}`))
    case 'rolled-back':
      return withWords(withoutPlan(made(course, event.time, 0)), `rolled back: ${event.reason}`)
    case 'done':
      return withoutPlan(course)
    default:
      return course
  }
}

function planned(
  before: Course | undefined,
  { plan, shifts, alias, time }: Extract<TimedReleaseEvent, { event: 'planned' }>,
): Course {
  const { id, strategy, candidate } = plan
  const past = before?.moments.filter(({ is }) => is === 'made') ?? []
  return {
    id,
    strategy,
    alias,
    candidate,
    moments: [...past, ...shifts.map((shift) => upcoming(shift, time))],
  }
}

function upcoming(shift: ScheduledShift, time: number): Moment {
  const words = conditionsOf(shift).replace(/^, /, '')
  return { time: time + shift.afterMs, percent: shift.percent, is: 'planned', words }
}

/** A dry run's candidate has no number yet. */
function withCandidate(
  course: Course,
  { version, weight }: Extract<TimedReleaseEvent, { event: 'shifted' }>,
): Course {
  return { ...course, candidate: weight?.version ?? version }
}

/** @param which `next`: it takes the place of the next planned moment */
function made(course: Course, time: number, percent: number, which?: 'next'): Course {
  const past = course.moments.filter(({ is }) => is === 'made')
  const ahead = course.moments.filter(({ is }) => is === 'planned').slice(which ? 1 : 0)
  return { ...course, moments: [...past, { time, percent, is: 'made', words: '' }, ...ahead] }
}

/** Gives the last moment that was made these words. */
function withWords(course: Course, words: string): Course {
  const last = course.moments.findLastIndex(({ is }) => is === 'made')
  return {
    ...course,
    moments: course.moments.map((moment, index) => (index === last ? { ...moment, words } : moment)),
  }
}

function withoutPlan(course: Course): Course {
  return { ...course, moments: course.moments.filter(({ is }) => is === 'made') }
}

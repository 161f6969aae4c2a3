import type { PastRelease } from '../../release/history/history.ts'
import type { Entry } from '../../release/journal/entry.ts'
import type { HookRun, Look } from '../../release/journal/looks.ts'
import type { Plan } from '../../release/plan/plan.ts'
import type { AlarmCourse } from './alarm-course.ts'
import { courseOf, placedEntries, type SharePoint } from './course.ts'
import type { VersionFigures } from './figures.ts'
import { type Happening, happeningsIn } from './happenings.ts'

/** The parts of a plan that a reader of a report wants. */
export type ReportedPlan = Pick<Plan, 'steps' | 'bakeMs' | 'alarms' | 'hooks'> & {
  /** The metrics that the two versions were compared by; absent if they were not. */
  compares?: readonly string[]
}

/** Failed requests of one kind. */
export interface ReportedErrors {
  /** Type and message, without what differs from request to request. */
  kind: string
  /** The innermost frame of the application's own code. */
  frame?: string
  /** How many. */
  count: number
  /** Milliseconds since the epoch. */
  first: number
  /** Milliseconds since the epoch. */
  last: number
  /** The versions that failed so, with their counts. */
  versions: { version?: string; count: number }[]
  /** One request of them with its last lines. */
  sample: { request: string; lines: string[] }
}

/** A part that could not be read. */
export interface UnreadPart {
  part: 'figures' | 'alarms' | 'errors'
  /** One sentence. */
  reason: string
}

/** The facts of a report that AWS was asked for. */
interface ReadFacts {
  /** Absent if they could not be read; empty if CloudWatch has none of that time. */
  versions?: VersionFigures[]
  alarms: AlarmCourse[]
  /** Absent if the log could not be read, or was not wanted. */
  errors?: ReportedErrors[]
  unread: UnreadPart[]
}

/** The time that a report covers. */
export interface ReportSpan {
  /** Milliseconds since the epoch: somewhat before the release. */
  from: number
  /** Milliseconds since the epoch: somewhat after its end; the present while it goes on. */
  until: number
  /** The time that one value of a figure covers, milliseconds. */
  periodMs: number
}

/** A release from its plan to its end: what was planned, what happened, by whom, and the figures of its time. */
export interface ReleaseReport extends ReportSpan, ReadFacts {
  function: string
  lambdaName: string
  alias: string
  environment: string
  release: PastRelease
  /** Absent for a rollback by hand, and if the journal does not have it. */
  plan?: ReportedPlan
  /** The candidate's share of the traffic, from 0 on. */
  course: SharePoint[]
  /** The events and acts, each with its actor, in order. */
  happenings: Happening[]
  /** The looks at the gates that led to a shift or an end, with their figures, in order. */
  gates: Look[]
  hooks: HookRun[]
  /** The time of the report, milliseconds since the epoch. */
  written: number
}

/** The journal's part of a report. */
export type JournalPart = Pick<ReleaseReport, 'course' | 'happenings'>

/** The course of a release by its journal, and by that of a person's rollback that ended it. */
export function journalPart(entries: readonly Entry[], { id, candidate }: PastRelease): JournalPart {
  const own = entries.filter(({ release, ended }) => release === id || ended === id)
  const placed = placedEntries(own, candidate)
  return { course: courseOf(placed), happenings: happeningsIn(placed) }
}

/** The reader's part of a plan. */
export function reportedPlan({ steps, bakeMs, alarms, hooks, comparison }: Plan): ReportedPlan {
  return {
    steps,
    bakeMs,
    alarms,
    ...(hooks && { hooks }),
    ...(comparison && { compares: comparison.settings.metrics }),
  }
}

const minuteMs = 60_000
/** The time before and after a release that is shown beside it, as a share of its length, and its limits. */
const besideShare = 0.15
const leastBesideMs = 3 * minuteMs
const mostBesideMs = 60 * minuteMs

/**
 * The time that a report covers: the release, with some time before and after it.
 *
 * @param now milliseconds since the epoch
 */
export function spanAround(
  { started, ended }: Pick<PastRelease, 'started' | 'ended'>,
  now: number,
): { from: number; until: number } {
  const end = ended ?? now
  const beside = Math.min(mostBesideMs, Math.max(leastBesideMs, (end - started) * besideShare))
  return { from: started - beside, until: Math.min(now, end + beside) }
}

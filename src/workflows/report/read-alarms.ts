import { LambdactlError } from '../../errors/error.ts'
import { type AlarmCourse, alarmCourse, alarmCourseByLooks } from '../../operation/report/alarm-course.ts'
import type { ReportSpan, UnreadPart } from '../../operation/report/report.ts'
import type { Look } from '../../release/journal/looks.ts'
import type { AlarmState } from '../../release/values/observed.ts'
import type { Run } from '../run/run.ts'
import { orFailure } from '../run/unread.ts'

/** CloudWatch keeps the history of an alarm for so long, milliseconds: 30 days (its documentation, November 2026). */
const keptMs = 30 * 24 * 3_600_000

interface AlarmsAsked {
  looks: readonly Look[]
  span: ReportSpan
  /** Milliseconds since the epoch. */
  now: number
}

/** The alarms of a release through its time: by their history, or by what its looks saw if that is gone or can't be read. */
export async function alarmCourses(
  run: Run,
  names: readonly string[],
  { looks, span, now }: AlarmsAsked,
  unread: UnreadPart[],
): Promise<AlarmCourse[]> {
  if (names.length === 0) return []
  const bySeen = (name: string) => alarmCourseByLooks(name, looks, span)
  if (span.from < now - keptMs) {
    const reason = 'CloudWatch keeps the history of alarms for 30 days. The looks at the gates tell of them.'
    unread.push({ part: 'alarms', reason })
    return names.map(bySeen)
  }
  const read = await orFailure(() => readAll(run, names, span.from))
  if (!(read instanceof LambdactlError)) {
    // An alarm that was deleted has lost its history too.
    return read.map((each) =>
      each.now === undefined && each.changes.length === 0 ? bySeen(each.name) : alarmCourse(each, span),
    )
  }
  unread.push({ part: 'alarms', reason: read.message })
  return names.map(bySeen)
}

async function readAll({ aws }: Run, names: readonly string[], since: number) {
  const [states, changes] = await Promise.all([
    aws.alarms.describe(names),
    Promise.all(names.map((name) => aws.alarmSettings.transitions(name, since))),
  ])
  const now = new Map<string, AlarmState>(states.map((state) => [state.name, state]))
  return names.map((name, index) => ({ name, changes: changes[index] ?? [], now: now.get(name)?.condition }))
}

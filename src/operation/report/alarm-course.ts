import type { Look } from '../../release/journal/looks.ts'
import type { AlarmCondition } from '../../release/values/observed.ts'

/** A change of an alarm's state. */
interface AlarmChange {
  /** Milliseconds since the epoch. */
  time: number
  from: AlarmCondition
  to: AlarmCondition
  /** CloudWatch's own reason. */
  reason: string
}

/** An alarm of a release's gates through the time of the report. */
export interface AlarmCourse {
  name: string
  /** At the end of that time, as far as it is known. */
  condition?: AlarmCondition
  /** `history`: each change, by CloudWatch; `journal`: only what the looks at the gates saw. */
  source: 'history' | 'journal'
  /** The times in ALARM or without enough data; it was OK in all others. */
  periods: AlarmPeriod[]
}

/** A time in which an alarm was not OK. */
interface AlarmPeriod {
  /** Milliseconds since the epoch, not before the time of the report. */
  from: number
  /** Milliseconds since the epoch, not after the time of the report. */
  until: number
  condition: Exclude<AlarmCondition, 'OK'>
  /** CloudWatch's own reason; absent if it began before the time of the report. */
  reason?: string
}

interface Span {
  from: number
  until: number
}

/** An alarm as CloudWatch tells of it. */
export interface KnownAlarm {
  name: string
  /** The changes since the begin of the span, in order. */
  changes: readonly AlarmChange[]
  /** The state now; undefined if the alarm is gone. */
  now: AlarmCondition | undefined
}

/** An alarm through a span, by its history. */
export function alarmCourse({ name, changes, now }: KnownAlarm, span: Span): AlarmCourse {
  const within = changes.filter(({ time }) => time < span.until)
  // The first change tells the state before it; without any the alarm stands as it stood.
  const atStart = changes[0]?.from ?? now
  const marks: Mark[] = [
    ...(atStart === undefined ? [] : [{ time: span.from, condition: atStart }]),
    ...within.map(({ time, to, reason }) => ({ time: Math.max(time, span.from), condition: to, reason })),
  ]
  return { name, source: 'history', ...courseOf(marks, span) }
}

/** An alarm through a span by the looks at the gates: for an alarm whose history is gone. */
export function alarmCourseByLooks(name: string, looks: readonly Look[], span: Span): AlarmCourse {
  const marks = looks.flatMap(({ time, alarms }) => {
    const seen = alarms.find((alarm) => alarm.name === name)
    if (!seen) return []
    const { condition, since = time, reason } = seen
    const begin = condition === 'ALARM' ? Math.min(since, time) : time
    return [{ time: Math.max(begin, span.from), condition, ...(reason !== undefined && { reason }) }]
  })
  return { name, source: 'journal', ...courseOf(marks, span) }
}

interface Mark {
  time: number
  condition: AlarmCondition
  reason?: string
}

function courseOf(marks: readonly Mark[], { until }: Span): Pick<AlarmCourse, 'condition' | 'periods'> {
  const last = marks.at(-1)
  return {
    ...(last && { condition: last.condition }),
    periods: marks.flatMap(({ time, condition, reason }, index) => {
      const end = marks[index + 1]?.time ?? until
      if (condition === 'OK' || end <= time) return []
      return [{ from: time, until: end, condition, ...(reason !== undefined && { reason }) }]
    }),
  }
}

import { delaysOf } from './result.ts'
import type { Outcome } from './run-case.ts'

const columns = [
  'events',
  'lost',
  'twice',
  'inverted',
  'p50 s',
  'p99 s',
  'late s',
  'calls/s',
  'most',
  'refused',
  'cpu s',
  'MiB',
  'exit',
]

/** The head of the table of plain text. */
export const head = row('', columns)

/**
 * A line of the table. Delays are those of lines after the first quarter of the time, in which a program starts and reads its
 * backlog. Late: the longest delay of an event that was late itself.
 */
export function resultRow(name: string, outcome: Outcome): string {
  const { began, calls, came, closed, ended, groups, usage, until, exitCode } = outcome
  const { p50, p99, late } = delaysOf(groups, came, { since: began + (until - began) / 4, closed })
  const events = groups.reduce((sum, { count }) => sum + count, 0)
  const seconds = (ended - began) / 1000
  const all = Array.from(calls.calls.values())
  const total = all.reduce((sum, count) => sum + count, 0)
  const numbers = [events, came.missing(until), came.twice(), came.inverted()].map(String)
  const delays = [p50, p99, late].map((delay) => (Number.isNaN(delay) ? '-' : delay.toFixed(2)))
  const cpu = Math.max(...usage.map((each) => each.cpu))
  const peak = Math.max(...usage.map(({ resident }) => resident))
  return row(name, [
    ...numbers,
    ...delays,
    (total / seconds).toFixed(1),
    String(Math.max(0, ...all)),
    String(calls.refused()),
    cpu.toFixed(1),
    peak.toFixed(0),
    String(exitCode),
  ])
}

/** Lines a second of a backlog, from the first call of FilterLogEvents on. */
export function backlogSpeed({ groups, came, usage }: Outcome): string {
  const [group] = groups
  if (!group) return ''
  const times = Array.from({ length: group.count }, (_, index) => came.at(0, index)).filter(
    (at) => !Number.isNaN(at),
  )
  const first = times.reduce((least, at) => Math.min(least, at), Number.POSITIVE_INFINITY)
  const last = times.reduce((most, at) => Math.max(most, at), 0)
  const cpu = Math.max(...usage.map((each) => each.cpu))
  return `  ${speed(times.length, (last - first) / 1000)} lines/s from the first one to the last one; ${speed(times.length, cpu)} a second of CPU, its start included`
}

function speed(lines: number, seconds: number): string {
  return Math.round(lines / seconds).toLocaleString('en')
}

/** Resident memory over the time in which events were written: at the end of each eighth of it. */
export function memoryOverTime({ began, until, usage }: Outcome): string {
  const at = Array.from(
    { length: 8 },
    (_, index) => usage.at(Math.ceil(((index + 1) / 8) * usage.length) - 1)?.resident ?? 0,
  )
  return `  resident memory over ${Math.round((until - began) / 1000)} s: ${at.map((mib) => mib.toFixed(0)).join(', ')} MiB`
}

function row(name: string, values: readonly string[]): string {
  const cells = values.map((value, column) => value.padStart(Math.max(columns[column]?.length ?? 0, 5) + 1))
  return [name.padEnd(43), ...cells].join('')
}

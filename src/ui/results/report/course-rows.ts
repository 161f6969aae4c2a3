import type { Happening } from '../../../operation/report/happenings.ts'
import type { ReleaseReport } from '../../../operation/report/report.ts'
import { tellTimes, withTimes } from '../../text/time.ts'
import { countText, happeningText, whoText } from './words.ts'

/** A row of the course, in words. */
interface CourseRow {
  time: string
  what: string
  who: string
  reason: string
}

/** A longer course is cut in its middle: nobody reads more, and a comment or a summary has no room for it. */
const mostRows = 200

/**
 * The course of a release for a reader. A scheduled job carries a canary on every few minutes, so resumptions after one
 * another are one row.
 */
export function courseRows({ happenings }: Pick<ReleaseReport, 'happenings'>): CourseRow[] {
  const tellTime = tellTimes()
  return rowsOf(
    groupsOf(happenings),
    (group) => rowOf(group, tellTime),
    (hidden) => ({ time: '', what: hidden, who: '', reason: 'in --json' }),
  )
}

/**
 * A row for each; of very many only the first and the last.
 *
 * @param mark makes the row that stands for the others, of `… 9,800 more`
 */
export function rowsOf<Each, Row>(
  all: readonly Each[],
  row: (each: Each) => Row,
  mark: (hidden: string) => Row,
): Row[] {
  if (all.length <= mostRows) return all.map(row)
  const half = mostRows / 2
  const hidden = mark(`… ${countText(all.length - mostRows)} more`)
  return [...all.slice(0, half).map(row), hidden, ...all.slice(-half).map(row)]
}

type Group = readonly [Happening, ...Happening[]]

function groupsOf(happenings: readonly Happening[]): Group[] {
  const groups: [Happening, ...Happening[]][] = []
  for (const each of happenings) {
    const last = groups.at(-1)
    if (each.did === 'resumed' && last?.[0].did === 'resumed') last.push(each)
    else groups.push([each])
  }
  return groups
}

function rowOf(group: Group, tellTime: (time: number) => string): CourseRow {
  const [first] = group
  const last = group.at(-1) ?? first
  const time = tellTime(first.time)
  const times = group.length > 1 ? `, ${countText(group.length)} times until ${tellTime(last.time)}` : ''
  return {
    time,
    what: `${happeningText(first)}${times}`,
    who: whoText(first),
    reason: withTimes(first.reason ?? ''),
  }
}

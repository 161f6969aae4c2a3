import { counts, lastCounted } from '../../logs/following/counts.ts'
import type { ShownLine } from '../../logs/model/shown-line.ts'
import type { Notice } from './notice.ts'
import type { Tailing } from './patient-pages.ts'
import { type Tail, tailLogs } from './tail.ts'
import { tellThrottles } from './throttles/tell-throttles.ts'
import type { Source } from './wanted-functions.ts'

const minute = 60_000
/** How far back the last lines are looked for, step by step, milliseconds. */
const reaches = [10 * minute, 60 * minute, 6 * 60 * minute, 24 * 60 * minute, 7 * 24 * 60 * minute]

/** Which last lines are wanted. */
export interface Last {
  /** At most this many, and at least one. */
  count: number
  /** Other lines don't count. */
  isShown: (line: ShownLine) => boolean
  /** Nothing of before this time; undefined for at most 7 days. Milliseconds since the epoch. */
  since: number | undefined
}

/** The last lines that are there, and the ids of all lines since the first of them. */
export interface LastLines {
  lines: readonly ShownLine[]
  /** The notices of the read that found them, such as of a log group that may not be read. */
  notices: readonly Notice[]
  known: ReadonlySet<string>
}

/** The throttled requests of that time are told too if the tail does not go on: one that does tells them itself. */
export async function lastLines(run: Tailing, tail: Omit<Tail, 'start'>, last: Last): Promise<LastLines> {
  const { from, functions, ...found } = await lastFound(run, tail, last)
  if (!tail.tellsThrottles || tail.isFollowed || run.signal.aborted) return found
  const notices = [...found.notices]
  await tellThrottles(run, { from, until: tail.until }, (told) => void notices.push(told))(functions)
  return { ...found, notices }
}

/** The last lines, with the time from which they were looked for, and the functions that were. */
interface Found extends LastLines {
  from: number
  functions: readonly Source[]
}

async function lastFound(
  run: Tailing,
  tail: Omit<Tail, 'start'>,
  { count, isShown, since }: Last,
): Promise<Found> {
  const end = tail.until ?? run.clock.now()
  let last: Found = { lines: [], notices: [], known: new Set(), from: end, functions: [] }
  for (const start of since === undefined ? reaches.map((reach) => end - reach) : [since]) {
    // Each reach would pay for the figures of the one before it again.
    const once = { ...tail, start, isFollowed: false, tellsThrottles: false }
    last = await lastSince(run, once, { count, isShown })
    if (last.lines.filter(counts).length === count || run.signal.aborted) break
  }
  return last
}

async function lastSince(
  run: Tailing,
  tail: Tail,
  { count, isShown }: Pick<Last, 'count' | 'isShown'>,
): Promise<Found> {
  let last: ShownLine[] = []
  let cut: ShownLine[] = []
  const notices: Notice[] = []
  const functions = await tailLogs(run, tail, {
    notice: (notice) => void notices.push(notice),
    async lines(lines) {
      const all = [...cut, ...last, ...lines.filter(isShown)]
      last = lastCounted(all, count)
      // Lines of the same millisecond as the first one are read with it again.
      cut = all.slice(0, -last.length).filter(({ event }) => event.timestamp === last[0]?.event.timestamp)
    },
  })
  const known = new Set([...cut, ...last].map(({ event }) => event.id))
  return { lines: last, notices, known, from: tail.start, functions }
}

import { LambdactlError } from '../../errors/error.ts'
import type { Span } from '../../workflows/logs/requests/read-requests.ts'
import { type Moment, momentFlag, timeOf } from './moment.ts'

/** The flags for the time span of a command that reads logs without following. */
export const logSpanFlags = {
  since: momentFlag({
    description: 'the begin: a duration back from now, or a time',
    default: { agoMs: 3_600_000 },
    defaultHelp: async () => '1h',
  }),
  until: momentFlag({ description: 'the end: a duration back from now, or a time; default: now' }),
}

/** @throws LambdactlError USAGE for an end that is not after the begin */
export function spanOf({ since, until }: { since: Moment; until: Moment | undefined }, now: number): Span {
  const start = timeOf(since, now)
  if (until === undefined) return { start }
  const end = timeOf(until, now)
  if (end > start) return { start, until: end }
  throw new LambdactlError(
    'USAGE',
    `--until is ${new Date(end).toISOString()}, which is not after --since, ${new Date(start).toISOString()}.`,
    { next: ['Give a later --until, or an earlier --since.'] },
  )
}

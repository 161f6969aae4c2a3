import * as Flags from '@oclif/core/flags'
import { LambdactlError } from '../../errors/error.ts'
import { type Moment, momentFlag, sinceFlag } from './moment.ts'
import { versionFlag } from './version.ts'

/** The flags for the time span of a command that reads logs without following. */
export const logSpanFlags = {
  since: sinceFlag({
    description:
      'the start: a duration back from now, a time, or deploy for the first traffic of the last release',
    default: { agoMs: 3_600_000 },
    defaultHelp: async () => '1h',
  }),
  until: momentFlag({ description: 'the end: a duration back from now, or a time; default: now' }),
}

/** The flags of `logs requests` and `logs errors` that choose one version. */
export const oneVersionFlags = {
  version: versionFlag({ description: 'only this version', exclusive: ['stable', 'candidate'] }),
  stable: Flags.boolean({
    description: "only the alias's stable version, as the alias is now",
    exclusive: ['candidate'],
  }),
  candidate: Flags.boolean({ description: "only the alias's candidate, as the alias is now" }),
}

/** The parsed flags that `logSpanFlags` and `oneVersionFlags` declare. */
export interface SpanFlags {
  since: Moment | 'deploy'
  until: Moment | undefined
  version?: string | undefined
  stable?: boolean
  candidate?: boolean
}

/** A begin may lie this far ahead, milliseconds: the clock that a script asked may be ahead of AWS's. */
const aheadMs = 60_000

/**
 * @param start milliseconds since the epoch, as the others
 * @param until undefined for no end
 * @throws LambdactlError USAGE for a begin that lies ahead, and for an end that is not after the begin
 */
export function requireSpan(start: number, until: number | undefined, now: number): void {
  const [begin, end, present] = [start, until ?? now, now].map((time) => new Date(time).toISOString())
  if (start > now + aheadMs) {
    throw new LambdactlError('USAGE', `--since is ${begin}, which lies ahead: it is ${present} now.`, {
      next: ['Give a time that is over, or a duration back from now, as in --since 10m.'],
    })
  }
  if (until === undefined || until > start) return
  throw new LambdactlError('USAGE', `--until is ${end}, which is not after --since, ${begin}.`, {
    next: ['Give a later --until, or an earlier --since.'],
  })
}

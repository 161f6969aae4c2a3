import { LambdactlError } from '../errors/error.ts'
import { isOf, type Line, lineMaker } from '../logs/line.ts'
import { followGroups } from './logs/follow-groups.ts'
import type { Notice } from './logs/notice.ts'
import type { Tailing } from './logs/patient-pages.ts'
import { commandFor, type Target } from './run/run.ts'

export interface TailOptions {
  /** How far back to begin, milliseconds. */
  agoMs: number
  /** Goes on until interrupted; otherwise ends with what is there. */
  follow: boolean
  /** Only the lines of this version; undefined for all. */
  version: string | undefined
}

/** Who is told what a tail reads. */
export interface TailListener {
  onLines: (lines: Line[]) => Promise<void>
  onNotice: (notice: Notice) => void
}

/**
 * Follows the log group that the function's configuration names, over all its versions and environments. Lines of others in
 * the same group are left out. A group that does not exist yet is waited for, and an AWS that does not answer is asked again: a tail in an incident does not exit.
 *
 * @throws LambdactlError NOT_FOUND when the function does not exist
 */
export async function tailLogs(
  run: Tailing,
  target: Target,
  { agoMs, follow, version }: TailOptions,
  { onLines, onNotice }: TailListener,
): Promise<void> {
  const state = await run.aws.functions.get(target.lambdaName)
  if (!state) {
    throw new LambdactlError('NOT_FOUND', `There is no function ${target.lambdaName} to read logs of.`, {
      next: [`Deploy it first: ${commandFor(target, 'deploy')}`],
    })
  }
  const toLine = lineMaker()
  const following = {
    groups: async () => [state.logGroup],
    start: run.clock.now() - agoMs,
    isFollowed: follow,
  }
  await followGroups(run, following, {
    notice: onNotice,
    async events(arrived) {
      const own = arrived
        .map(({ event }) => event)
        .filter(({ stream }) => isOf(target.lambdaName, state.logGroup, stream))
      const lines = own.map(toLine).filter((line) => version === undefined || line.version === version)
      if (lines.length > 0) await onLines(lines)
    },
  })
}

import { LambdactlError } from '../errors/error.ts'
import { isOf, type Line, lineMaker } from '../logs/line.ts'
import { followGroups } from './logs/follow-groups.ts'
import type { Notice } from './logs/notice.ts'
import type { Tailing } from './logs/patient-pages.ts'
import { commandFor, type Target } from './run/run.ts'

export interface TailOptions {
  /** How far back to begin, milliseconds. */
  agoMs: number
  /** Goes on until interrupted; false: ends with the present events. */
  follow: boolean
  /** Only the lines of this version; undefined for all. */
  version: string | undefined
}

/** Listens to the content of a tail. */
export interface TailListener {
  onLines: (lines: Line[]) => Promise<void>
  onNotice: (notice: Notice) => void
}

/**
 * Follows the log group in the function's configuration, for all versions and environments. Lines of other functions in
 * the same group are left out. A tail in an incident does not exit: it waits for a missing group, and asks again while
 * AWS does not answer.
 *
 * @throws LambdactlError NOT_FOUND if the function does not exist
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

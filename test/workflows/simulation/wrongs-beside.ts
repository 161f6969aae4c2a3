import type { AliasState } from '../../../src/release/values/observed.ts'
import { parseRecord, type ReleaseRecord } from '../../../src/release/values/record.ts'
import type { Process } from './process.ts'
import { failed, shareOf } from './rules.ts'

/**
 * Where another tool makes the function, a release moves on only after a look that found it as the release began on it,
 * and it is done only after one at 100%. It blames the tool for nothing that it did not do.
 */
export function wrongsBeside(
  { plan, beside }: Process,
  before: AliasState | undefined,
  after: AliasState,
  record: ReleaseRecord,
): string[] {
  if (!plan?.beside) return []
  const last = before && parseRecord(before.description)
  const isDone = record.phase === 'done'
  const movesOn = shareOf(after, plan.candidate) > shareOf(before, plan.candidate) || isDone
  const isPaused = record.phase === 'paused' && last?.phase !== 'paused'
  const blames = isPaused && /something other than lambdactl|a trigger n/.test(record.reason ?? '')
  return failed([
    [
      !movesOn || beside === 'same',
      `moved on though the other tool's function was ${beside ?? 'not looked at'}`,
    ],
    [!isDone || plan.stable === undefined || last?.phase === 'baking', 'was done without a look at 100%'],
    [
      !isPaused || beside !== 'moved' || blames || /interrupted|hook/.test(record.reason ?? ''),
      `paused without the name of what the other tool did: ${record.reason}`,
    ],
    [!blames || beside === 'moved', `blames the other tool for what it did not do: ${record.reason}`],
  ])
}

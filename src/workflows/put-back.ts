import { randomBytes } from 'node:crypto'
import { hasInjectedWeight } from '../release/injected-weight.ts'
import type { AliasChange, AliasState } from '../release/observed.ts'
import { releaseId } from '../release/plan.ts'
import { heldAfter, parseRecord } from '../release/record.ts'
import { keepJournal, whoReleases } from './keep-journal.ts'
import type { Run, Target } from './run.ts'
import { shiftAlias } from './shift-alias.ts'

/**
 * Puts an alias on a version that held 100%, weights cleared, by one update: a release of its own, on record and in the
 * journal.
 *
 * @param onMoved told as soon as it is so
 * @throws LambdactlError CONFLICT when the alias moved meanwhile
 */
export async function putBack(
  run: Run,
  target: Target,
  alias: AliasState,
  version: string,
  reason: string | undefined,
  onMoved: () => void = () => undefined,
): Promise<AliasState> {
  const before = parseRecord(alias.description)
  const change = changeTo(version, before?.held ?? [], reason, run.clock.now())
  const moved = await insist(run, target, await shiftAlias(run, target, alias, change), change)
  onMoved()
  await keepJournal(run, target, change.record.id, {
    kind: 'outcome',
    outcome: 'rolled-back',
    strategy: 'rollback',
    from: { version: alias.version, ...(alias.weight ? { weight: alias.weight } : {}) },
    version,
    reason,
    by: await whoReleases(run, target),
    ended: before?.id,
    ...(before || !alias.description ? {} : { replaced: alias.description }),
  })
  return moved
}

/**
 * Where the alias has provisioned concurrency, Lambda answers with weights that keep the traffic where it was until
 * environments are ready: a second update clears them, since a way back does not wait for that.
 */
async function insist(run: Run, target: Target, moved: AliasState, change: AliasChange): Promise<AliasState> {
  if (!hasInjectedWeight(moved)) return moved
  const text = `Lambda kept all traffic on version ${moved.weight?.version} until ${target.alias} has its provisioned concurrency on version ${change.version}; it is moved at once, and starts on demand`
  run.emit({ function: target.function, event: 'warning', text })
  return shiftAlias(run, target, moved, change)
}

function changeTo(
  version: string,
  held: readonly string[],
  reason: string | undefined,
  now: number,
): AliasChange {
  return {
    version,
    weight: undefined,
    record: {
      id: releaseId(randomBytes(8)),
      strategy: 'rollback',
      phase: 'done',
      step: 0,
      steps: 0,
      candidate: version,
      held: heldAfter(version, held),
      since: now,
      ...(reason === undefined ? {} : { reason }),
    },
  }
}

import { randomBytes } from 'node:crypto'
import { isCode } from '../../errors/error.ts'
import { manualChange, type Place } from '../../release/decision/manual-change.ts'
import type { Entry } from '../../release/journal/entry.ts'
import { releaseId } from '../../release/plan/plan.ts'
import { hasInjectedWeight } from '../../release/values/injected-weight.ts'
import type { AliasChange, AliasState } from '../../release/values/observed.ts'
import { parseRecord, type ReleaseRecord } from '../../release/values/record.ts'
import { keepJournal, whoActs } from '../run/keep-journal.ts'
import type { Run, Target } from '../run/run.ts'
import { warn } from '../run/warn.ts'
import { explainMissing } from './explain-missing.ts'
import { shiftAlias } from './shift-alias.ts'
import { shiftBack } from './shift-back.ts'

/** The place for an alias that a person chose, and the reason. */
export interface ManualShift extends Place {
  reason: string | undefined
  /** Whether only this version is wanted; false allows an earlier one that held 100%, if this one was deleted. */
  exactly: boolean
  /** The journal's record of the last release, if the alias has no record any more. */
  lost?: ReleaseRecord | undefined
  /** Called as soon as the alias has moved. */
  onMoved?: (alias: AliasState) => void
}

/**
 * Moves an alias by one update: a release of its own, on record and in the journal.
 *
 * @throws LambdactlError CONFLICT if the alias moved meanwhile, NOT_FOUND if the version does not exist
 */
export async function shiftManually(
  run: Run,
  target: Target,
  alias: AliasState,
  { reason, exactly, lost, onMoved, ...place }: ManualShift,
): Promise<AliasState> {
  const recorded = parseRecord(alias.description)
  const id = releaseId(randomBytes(8))
  const change = manualChange(alias, place, { id, reason, now: run.clock.now(), lost })
  const shift = exactly ? shiftExactly : shiftBack
  const moved = await insist(run, target, await shift(run, target, alias, change), change)
  onMoved?.(moved)
  await keepJournal(run, target, id, {
    ...entryOf(change),
    strategy: 'rollback',
    from: { version: alias.version, ...(alias.weight ? { weight: alias.weight } : {}) },
    version: moved.version,
    ...(moved.weight ? { weight: moved.weight } : {}),
    reason,
    ...(await whoActs(run, target)),
    ended: (recorded ?? lost)?.id,
    ...(recorded || !alias.description ? {} : { replaced: alias.description }),
  })
  return moved
}

async function shiftExactly(
  run: Run,
  target: Target,
  alias: AliasState,
  change: AliasChange,
): Promise<AliasState> {
  try {
    return await shiftAlias(run, target, alias, change)
  } catch (error) {
    if (!isCode(error, 'NOT_FOUND')) throw error
    const wanted = [change.version, ...(change.weight ? [change.weight.version] : [])]
    throw await explainMissing(run, target, { wanted, alias }, error)
  }
}

/** Returns the kind and outcome of the journal entry that `history` reads. */
function entryOf({ record: { phase } }: AliasChange): Pick<Entry, 'kind' | 'outcome'> {
  return phase === 'done' ? { kind: 'done' } : { kind: 'outcome', outcome: phase }
}

/**
 * If the alias has provisioned concurrency, Lambda answers with weights that keep the traffic in its old place until
 * environments are ready. A second update clears them, since a way back does not wait.
 */
async function insist(
  run: Run,
  target: Target,
  moved: AliasState,
  { record, weight }: AliasChange,
): Promise<AliasState> {
  if (!hasInjectedWeight(moved)) return moved
  const { version } = moved
  const text = `Lambda kept all traffic on version ${moved.weight?.version} until ${target.alias} has its provisioned concurrency on version ${version}; it is moved at once, and that version starts on demand`
  warn(run, target, text)
  return shiftAlias(run, target, moved, { version, weight, record: parseRecord(moved.description) ?? record })
}

import type { AliasChange, AliasState, Weight } from '../values/observed.ts'
import { heldAfter, inProgress, parseRecord, type ReleaseRecord } from '../values/record.ts'
import { isSameTraffic } from '../values/same-alias.ts'

/** Where a person puts an alias. */
export interface Place {
  version: string
  /** Undefined: everything goes to the version. */
  weight?: Weight | undefined
}

/** The facts that go on record with a change by hand. */
export interface ManualChange {
  id: string
  reason: string | undefined
  /** Milliseconds since the epoch. */
  now: number
}

/**
 * The change that puts an alias somewhere by hand. Back from a newer version it ends as `rolled-back` of that version, so
 * that the next rollback knows; on to a newer one, as the undo does, it is `done`. With a weight it is `paused`, since
 * nothing watches it and only a person moves it on.
 */
export function manualChange(
  alias: AliasState,
  { version, weight }: Place,
  { id, reason, now }: ManualChange,
): AliasChange {
  const left = leftBehind(alias, version)
  const isBack = isNewer(left, version)
  const held = parseRecord(alias.description)?.held.filter((before) => before !== '$LATEST') ?? []
  const why = reason ?? (weight ? 'put back by hand' : undefined)
  const record: ReleaseRecord = {
    id,
    strategy: 'rollback',
    phase: weight ? 'paused' : isBack ? 'rolled-back' : 'done',
    step: 0,
    steps: 0,
    candidate: weight?.version ?? (isBack ? left : version),
    held: heldAfter(version, held),
    since: now,
    ...(why === undefined ? {} : { reason: why }),
  }
  return { version, weight, record }
}

/**
 * The same way back from each of the versions that held 100% on: the change itself, then for where its version was deleted
 * the one to the version before that.
 */
export function waysFrom(change: AliasChange): AliasChange[] {
  const { held, candidate } = change.record
  const earlier = held
    .map((version, index) => ({ ...change, version, record: { ...change.record, held: held.slice(index) } }))
    .slice(1)
  return [change, ...earlier.filter(({ version }) => version !== candidate)]
}

/**
 * Returns the place that an alias had before it was moved to another: moving it there undoes the move.
 *
 * @returns undefined where that moved no traffic
 */
export function undoOf({ version, weight }: AliasState, to: Place): Place | undefined {
  // A weight of 100% is Lambda's own: what it gives back is where the traffic was.
  const before = weight?.percent === 100 ? { version: weight.version } : { version, weight }
  return isSameTraffic(before, to) ? undefined : before
}

/** The newest other version that had traffic, or was to have. */
function leftBehind(alias: AliasState, version: string): string {
  const record = parseRecord(alias.description)
  const candidate = inProgress(record) ? record?.candidate : undefined
  const others = [alias.version, alias.weight?.version, candidate].filter((other) => other !== undefined)
  return (
    others.filter((other) => other !== version).toSorted((a, b) => (isNewer(a, b) ? -1 : 1))[0] ?? version
  )
}

/** $LATEST is newer than all. */
function isNewer(version: string, than: string): boolean {
  if (version === than || than === '$LATEST') return false
  return version === '$LATEST' || Number(version) > Number(than)
}

import type { AliasChange, AliasState, Weight } from '../values/observed.ts'
import { heldAfter, inProgress, parseRecord, type ReleaseRecord } from '../values/record.ts'
import { isSameTraffic } from '../values/same-alias.ts'

/** The place where a person puts an alias. */
export interface Place {
  version: string
  /** Undefined: the version gets all traffic. */
  weight?: Weight | undefined
}

/** The facts for the record of a change by hand. */
export interface ManualChange {
  id: string
  reason: string | undefined
  /** Milliseconds since the epoch. */
  now: number
  /** The journal's record of the last release, if the alias has no record any more. */
  lost?: ReleaseRecord | undefined
}

/**
 * The change that puts an alias somewhere by hand. Going back from a newer version ends as `rolled-back` of that
 * version, so the next rollback knows. Going on to a newer version, as an undo does, is `done`. A change with a weight
 * is `paused`, since nothing watches it and only a person moves it on.
 */
export function manualChange(
  alias: AliasState,
  { version, weight }: Place,
  { id, reason, now, lost }: ManualChange,
): AliasChange {
  const before = parseRecord(alias.description) ?? lost
  const left = leftBehind(alias, before, version)
  const isBack = isNewer(left, version)
  const held = before?.held.filter((each) => each !== '$LATEST') ?? []
  const why = reason ?? (weight ? 'moved back by hand' : undefined)
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

/** The change, then the same way back from each older version that held 100%, in case the first target was deleted. */
export function waysFrom(change: AliasChange): AliasChange[] {
  const { held, candidate } = change.record
  const earlier = held
    .map((version, index) => ({ ...change, version, record: { ...change.record, held: held.slice(index) } }))
    .slice(1)
  return [change, ...earlier.filter(({ version }) => version !== candidate)]
}

/**
 * Returns the place that an alias had before it was moved to another. Moving it there undoes the move.
 *
 * @returns undefined if the move changed no traffic
 */
export function undoOf({ version, weight }: AliasState, to: Place): Place | undefined {
  // A weight of 100% is Lambda's own, and its version had the traffic.
  const before = weight?.percent === 100 ? { version: weight.version } : { version, weight }
  return isSameTraffic(before, to) ? undefined : before
}

/** The newest other version that had traffic, or was about to have some. */
function leftBehind(alias: AliasState, record: ReleaseRecord | undefined, version: string): string {
  const candidate = inProgress(record) ? record?.candidate : undefined
  const others = [alias.version, alias.weight?.version, candidate].filter((other) => other !== undefined)
  return (
    others.filter((other) => other !== version).toSorted((a, b) => (isNewer(a, b) ? -1 : 1))[0] ?? version
  )
}

/** $LATEST is newer than all versions. */
function isNewer(version: string, than: string): boolean {
  if (version === than || than === '$LATEST') return false
  return version === '$LATEST' || Number(version) > Number(than)
}

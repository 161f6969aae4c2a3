import { heldAfter, isPhase, type ReleaseRecord, type Strategy } from '../values/record.ts'
import type { Entry } from './entry.ts'

/** The alias of a function. */
interface Of {
  lambdaName: string
  alias: string
}

/**
 * Puts the record of an alias's last release together from the journal, for an alias whose Description has none: another
 * tool may have replaced it. Its step is always 0 of 0. Undefined if the journal has no release that moved the alias.
 *
 * @param entries of all releases, in order
 */
export function lastRecord(entries: readonly Entry[], { lambdaName, alias }: Of): ReleaseRecord | undefined {
  const plans = new Map<string | undefined, Entry>()
  let last: ReleaseRecord | undefined
  for (const entry of entries) {
    if (entry.lambdaName !== lambdaName || entry.alias !== alias) continue
    // A planned release may never move its alias.
    if (entry.kind === 'plan') plans.set(entry.release, entry)
    else last = after(last, entry, plans.get(entry.release))
  }
  return last && last.held.length > 0 ? last : undefined
}

function after(
  last: ReleaseRecord | undefined,
  entry: Entry,
  plan: Entry | undefined,
): ReleaseRecord | undefined {
  if (entry.strategy === 'rollback') return byHand(last, entry)
  if (!plan) return last
  const begun = last?.id === plan.release && last ? last : planned(last, plan)
  const at: ReleaseRecord = { ...begun, since: entry.time }
  if (entry.kind === 'done') return { ...at, phase: 'done', held: heldAfter(at.candidate, at.held) }
  // Earlier versions of lambdactl wrote no phase for a person's decision.
  if (entry.kind === 'shifted') return { ...at, phase: isPhase(entry.phase) ? entry.phase : 'shifting' }
  if (entry.kind !== 'outcome') return last
  const { outcome, version, reason } = entry
  const why = reason === undefined ? {} : { reason }
  if (outcome === 'paused') return { ...at, ...why, phase: 'paused' }
  if (outcome !== 'rolled-back') return last
  return { ...at, ...why, phase: 'rolled-back', held: heldAfter(version ?? at.held[0] ?? '', at.held) }
}

/** The record of a release that is about to move its alias. */
function planned(last: ReleaseRecord | undefined, { release = '', time, plan = {} }: Entry): ReleaseRecord {
  const { strategy = 'canary', candidate = '', stable, held } = plan
  const known = last?.held ?? []
  return {
    id: release,
    strategy: strategy as Strategy,
    phase: 'shifting',
    step: 0,
    steps: 0,
    candidate,
    held: held ?? (stable === undefined ? known : [stable, ...known.filter((each) => each !== stable)]),
    since: time,
  }
}

/** A rollback by hand, or its undo, which may keep a weight. */
function byHand(last: ReleaseRecord | undefined, entry: Entry): ReleaseRecord | undefined {
  const { release = '', kind, version, weight, time, reason, from } = entry
  if (version === undefined) return last
  const phase = weight !== undefined ? 'paused' : kind === 'done' ? 'done' : 'rolled-back'
  return {
    id: release,
    strategy: 'rollback',
    phase,
    step: 0,
    steps: 0,
    candidate: phase === 'rolled-back' ? (from?.weight?.version ?? from?.version ?? version) : version,
    held: heldAfter(version, last?.held ?? []),
    since: time,
    ...(reason === undefined ? {} : { reason }),
  }
}

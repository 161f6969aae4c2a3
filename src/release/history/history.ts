import type { Entry } from '../journal/entry.ts'
import type { Actor } from '../values/actor.ts'
import type { Promoted } from '../values/promoted.ts'
import type { Shipped } from '../values/shipped.ts'

/** A release as its journal describes it. */
export interface PastRelease {
  id: string
  function: string
  strategy: string
  candidate: string
  /** The version before it; undefined for a first release. */
  from: string | undefined
  /**
   * `left`: something else moved the alias; `in progress` includes a release whose process died before it recorded an
   * end.
   */
  outcome: 'done' | 'rolled-back' | 'paused' | 'left' | 'in progress'
  reason: string | undefined
  /** Milliseconds since the epoch. */
  started: number
  /** Milliseconds since the epoch; undefined while the release is in progress. */
  ended: number | undefined
  /** The ARN of the credentials that made the release. */
  by: string | undefined
  /** The person or system for whom the process said to act; absent if it named none. */
  actor?: Actor
  /** Each decision of a person about it, in order. */
  acts: readonly Act[]
  commit: string | undefined
  /** The reason why it went past its gates; undefined if it did not. */
  breakglass: string | undefined
  /** The flags that let it go past other checks, as in `take-over`; absent if it needed none. */
  wentPast?: readonly string[]
  /** The settings that another tool changed and the release shipped too; absent for none. */
  ships?: Shipped
  /** The version of another environment whose code it released; absent for code of its own. */
  promoted?: Promoted
}

/** A person's decision about a release. */
export interface Act {
  /** Milliseconds since the epoch. */
  time: number
  did: (typeof deeds)[Deed]
  /** The ARN of the credentials that made the decision; absent if AWS did not tell. */
  by?: string
  /** The person or system for whom the process said to act: a claim, not a proof. */
  actor?: Actor
  reason?: string
}

/** Words for the decisions that the journal has. */
const deeds = {
  approve: 'approved',
  pause: 'paused',
  promote: 'promoted',
  step: 'promoted one step',
  abort: 'aborted',
  detached: 'detached',
  rollback: 'rolled back',
} as const

type Deed = keyof typeof deeds

/**
 * The releases of one alias, newest first.
 *
 * @param entries of all releases, in order
 */
export function pastReleases(entries: readonly Entry[], lambdaName: string, alias: string): PastRelease[] {
  const releases = new Map<string, PastRelease>()
  for (const entry of entries) {
    const { release: id, kind, ended = '' } = entry
    // These entries come before a release begins. It may never begin: a hook failed, or there was nothing to publish.
    const isBefore = ['hook', 'preparing', 'configured'].includes(kind)
    if (id === undefined || (isBefore && !releases.has(id))) continue
    if (entry.lambdaName !== lambdaName || entry.alias !== alias) continue
    releases.set(id, afterEntry(releases.get(id) ?? begun(id, entry), entry))
    const other = releases.get(ended)
    if (other && (other.ended === undefined || other.outcome === 'left'))
      releases.set(other.id, endedBy(other, entry))
  }
  return [...releases.values()].toSorted((a, b) => b.started - a.started)
}

function begun(id: string, entry: Entry): PastRelease {
  const { function: name = '', plan = {}, strategy = 'unknown', version = '', from, by, actor } = entry
  const { wentPast = [], ships, promoted } = plan
  return {
    id,
    function: name,
    strategy: plan.strategy ?? strategy,
    candidate: plan.candidate ?? version,
    from: plan.stable ?? from?.version,
    outcome: 'in progress',
    reason: undefined,
    started: entry.time,
    ended: undefined,
    by,
    ...(actor && { actor }),
    acts: [],
    commit: plan.origin?.commit,
    breakglass: plan.breakglass?.reason,
    ...(wentPast.length > 0 ? { wentPast } : {}),
    ...(ships && { ships }),
    ...(promoted && { promoted }),
  }
}

function afterEntry(before: PastRelease, entry: Entry): PastRelease {
  const deed = deedOf(entry)
  const { breakglass, reason } = entry
  const release = {
    ...before,
    ...(deed ? { acts: [...before.acts, actOf(deed, entry)] } : {}),
    ...(breakglass === undefined ? {} : { breakglass }),
  }
  const outcome = outcomeOf(entry)
  if (outcome === undefined) return release
  // A process that followed the release may see its end only later.
  if (outcome === 'left' && release.ended !== undefined) return release
  const ended = outcome === 'paused' || outcome === 'in progress' ? undefined : entry.time
  return { ...release, outcome, reason, ended }
}

/**
 * A rollback by hand ends the release in progress, even if it gives its candidate 100%. A release that had ended keeps
 * its end.
 */
function endedBy(release: PastRelease, entry: Entry): PastRelease {
  const outcome = endedAs(release, entry)
  const acts = [...release.acts, actOf('rollback', entry)]
  return { ...release, outcome, reason: entry.reason, ended: entry.time, acts }
}

/** Older journals name no verb; a process's own action names no person. */
function deedOf({ kind, outcome, verb, by, strategy }: Entry): Deed | undefined {
  if (kind === 'detached') return 'detached'
  if (verb) return verb
  if (kind !== 'outcome' || by === undefined || strategy === 'rollback') return undefined
  return outcome === 'paused' ? 'pause' : 'abort'
}

function actOf(deed: Deed, { time, by, actor, reason }: Entry): Act {
  return {
    time,
    did: deeds[deed],
    ...(by === undefined ? {} : { by }),
    ...(actor && { actor }),
    ...(reason === undefined ? {} : { reason }),
  }
}

function endedAs({ candidate }: PastRelease, { version, weight }: Entry): PastRelease['outcome'] {
  if (weight !== undefined) return 'left'
  return version === candidate ? 'done' : 'rolled-back'
}

/** A release that goes on after a pause writes `shifted` again. */
function outcomeOf({ kind, outcome }: Entry): PastRelease['outcome'] | undefined {
  if (kind === 'done') return 'done'
  if (kind === 'shifted') return 'in progress'
  if (kind !== 'outcome') return undefined
  return outcome === 'rolled-back' || outcome === 'paused' || outcome === 'left' ? outcome : undefined
}

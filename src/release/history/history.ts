import type { Entry } from '../journal/entry.ts'
import type { Actor } from '../values/actor.ts'

/** A release as its journal tells it. */
export interface PastRelease {
  id: string
  function: string
  strategy: string
  candidate: string
  /** The version before it; undefined for a first release. */
  from: string | undefined
  /**
   * `left`: something else moved the alias meanwhile; `in progress` also where its process died before it could write an
   * end.
   */
  outcome: 'done' | 'rolled-back' | 'paused' | 'left' | 'in progress'
  reason: string | undefined
  /** Milliseconds since the epoch. */
  started: number
  /** Undefined while it is in progress. */
  ended: number | undefined
  /** The ARN of who released it. */
  by: string | undefined
  /** Whom that one said to act for; absent where it said nothing. */
  actor?: Actor
  /** Each time that somebody decided about it, in order. */
  acts: readonly Act[]
  commit: string | undefined
  /** Why it went past its gates; undefined where it did not. */
  breakglass: string | undefined
  /** The flags that it went past other checks by, as in `take-over`; absent where it needed none. */
  wentPast?: readonly string[]
}

/** A person's decision about a release. */
export interface Act {
  /** Milliseconds since the epoch. */
  time: number
  did: (typeof deeds)[Deed]
  /** The ARN of whose credentials it was made with; absent where AWS did not say. */
  by?: string
  /** Whom the process said to act for: a claim. */
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
    // These come before a release begins, which it may never: a hook failed, say, or there was nothing to publish.
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
  const { wentPast = [] } = plan
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
  // Whoever followed it may see only later that it was over.
  if (outcome === 'left' && release.ended !== undefined) return release
  const ended = outcome === 'paused' || outcome === 'in progress' ? undefined : entry.time
  return { ...release, outcome, reason, ended }
}

/**
 * A rollback by hand ends the release that was in progress, also where it gives its candidate everything; one that was over
 * already stays as it ended.
 */
function endedBy(release: PastRelease, entry: Entry): PastRelease {
  const outcome = endedAs(release, entry)
  const acts = [...release.acts, actOf('rollback', entry)]
  return { ...release, outcome, reason: entry.reason, ended: entry.time, acts }
}

/** Older journals name no verb; what a process did by itself names nobody. */
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

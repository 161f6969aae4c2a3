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

/** An entry as it was read; nothing of it is trusted. */
interface Entry {
  time: number
  [field: string]: unknown
}

/**
 * The releases of one alias, newest first.
 *
 * @param entries of all releases, in order
 */
export function pastReleases(entries: readonly Entry[], lambdaName: string, alias: string): PastRelease[] {
  const releases = new Map<string, PastRelease>()
  for (const entry of entries) {
    const id = text(entry['release'])
    // These come before a release begins, which it may never: a hook failed, say, or there was nothing to publish.
    const isBefore = ['hook', 'preparing', 'configured'].includes(text(entry['kind']) ?? '')
    if (id === undefined || (isBefore && !releases.has(id))) continue
    if (entry['lambdaName'] !== lambdaName || entry['alias'] !== alias) continue
    releases.set(id, afterEntry(releases.get(id) ?? begun(id, entry), entry))
    const other = releases.get(text(entry['ended']) ?? '')
    if (other && (other.ended === undefined || other.outcome === 'left'))
      releases.set(other.id, endedBy(other, entry))
  }
  return [...releases.values()].toSorted((a, b) => b.started - a.started)
}

function begun(id: string, entry: Entry): PastRelease {
  const plan = fields(entry['plan'])
  const wentPast = texts(plan['wentPast'])
  return {
    id,
    function: text(entry['function']) ?? '',
    strategy: text(plan['strategy']) ?? text(entry['strategy']) ?? 'unknown',
    candidate: text(plan['candidate']) ?? text(entry['version']) ?? '',
    from: text(plan['stable']) ?? text(fields(entry['from'])['version']),
    outcome: 'in progress',
    reason: undefined,
    started: entry.time,
    ended: undefined,
    by: text(entry['by']),
    ...actorOf(entry),
    acts: [],
    commit: text(fields(plan['origin'])['commit']),
    breakglass: text(fields(plan['breakglass'])['reason']),
    ...(wentPast.length > 0 ? { wentPast } : {}),
  }
}

function afterEntry(before: PastRelease, entry: Entry): PastRelease {
  const deed = deedOf(entry)
  const breakglass = text(entry['breakglass'])
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
  return { ...release, outcome, reason: text(entry['reason']), ended }
}

/**
 * A rollback by hand ends the release that was in progress, also where it gives its candidate everything; one that was over
 * already stays as it ended.
 */
function endedBy(release: PastRelease, entry: Entry): PastRelease {
  const outcome = endedAs(release, entry)
  const acts = [...release.acts, actOf('rollback', entry)]
  return { ...release, outcome, reason: text(entry['reason']), ended: entry.time, acts }
}

/** Older journals name no verb; what a process did by itself names nobody. */
function deedOf({ kind, outcome, verb, by, strategy }: Entry): Deed | undefined {
  if (kind === 'detached') return 'detached'
  if (typeof verb === 'string' && Object.hasOwn(deeds, verb)) return verb as Deed
  if (kind !== 'outcome' || by === undefined || strategy === 'rollback') return undefined
  return outcome === 'paused' ? 'pause' : 'abort'
}

function actOf(deed: Deed, entry: Entry): Act {
  const by = text(entry['by'])
  const reason = text(entry['reason'])
  return {
    time: entry.time,
    did: deeds[deed],
    ...(by === undefined ? {} : { by }),
    ...actorOf(entry),
    ...(reason === undefined ? {} : { reason }),
  }
}

function actorOf(entry: Entry): { actor?: Actor } {
  const { name, url } = fields(entry['actor'])
  const actor = {
    ...(text(name) ? { name: text(name) } : {}),
    ...(text(url) ? { url: text(url) } : {}),
  } as Actor
  return Object.keys(actor).length > 0 ? { actor } : {}
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

function text(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined
}

function texts(value: unknown): string[] {
  return Array.isArray(value) ? value.filter((each) => typeof each === 'string') : []
}

function fields(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {}
}

import type { Entry } from '../journal/entry.ts'

/** The fact that a content was rolled back. */
export interface RolledBack {
  /** Milliseconds since the epoch. */
  time: number
  /** The release that ended so. */
  release: string
  reason: string | undefined
  /** The ARN of the person who rolled it back by hand, or else of the one who released it. */
  by: string | undefined
  isByHand: boolean
}

/** The function and alias of releases, and the content to be released. */
export interface Content {
  lambdaName: string
  alias: string
  /** The digest of content and configuration, hex. */
  digest: string
}

/**
 * The last rollback of a content; undefined if there was none, or the content has held 100% since.
 *
 * @param entries of all releases, in order
 * @param digests of versions that the entries don't describe, by version number
 */
export function rolledBack(
  entries: readonly Entry[],
  { lambdaName, alias, digest }: Content,
  digests: ReadonlyMap<string, string> = new Map(),
): RolledBack | undefined {
  const known = new Map(digests)
  const plans = new Map<string | undefined, Entry>()
  let last: RolledBack | undefined
  for (const entry of ofAlias(entries, lambdaName, alias)) {
    const { candidate = '', origin } = entry.plan ?? {}
    if (entry.kind === 'plan' && origin?.digest !== undefined) {
      plans.set(entry.release, entry)
      known.set(candidate, origin.digest)
    }
    const begun = plans.get(entry.release)
    const isOurs = begun?.plan?.origin?.digest === digest
    const isKnown = (version: string) => known.get(version) === digest
    if (isRollback(entry) && entry.failure === undefined) {
      if (isOurs) last = told(entry, begun.by, false)
      else if (leftBy(entry).some(isKnown)) last = told(entry, entry.by, true)
    }
    if (isOurs && entry.kind === 'done') last = undefined
    if (isByHand(entry) && entry.weight === undefined && isKnown(entry.version ?? '')) last = undefined
  }
  return last
}

/** The versions of an alias that were rolled back, by a gate or by hand, and have not held 100% since. */
export function rolledBackVersions(entries: readonly Entry[], lambdaName: string, alias: string): string[] {
  const candidates = new Map<string | undefined, string>()
  const found = new Set<string>()
  for (const entry of ofAlias(entries, lambdaName, alias)) {
    if (entry.plan?.candidate !== undefined) candidates.set(entry.release, entry.plan.candidate)
    const candidate = candidates.get(entry.release)
    if (isRollback(entry) && entry.failure === undefined) {
      for (const version of candidate === undefined ? leftBy(entry) : [candidate]) found.add(version)
    }
    if (entry.kind === 'done' && candidate !== undefined) found.delete(candidate)
    if (isByHand(entry) && entry.weight === undefined) found.delete(entry.version ?? '')
  }
  return [...found]
}

/** The versions that were left by hand and that the entries don't describe, the last one first. */
export function unknownLeft(
  entries: readonly Entry[],
  { lambdaName, alias }: Omit<Content, 'digest'>,
): string[] {
  const own = ofAlias(entries, lambdaName, alias)
  const planned = new Set(own.map(({ plan }) => plan?.candidate))
  const left = own.filter(isRollback).flatMap(leftBy)
  return [...new Set(left.toReversed())].filter((version) => /^\d+$/.test(version) && !planned.has(version))
}

function ofAlias(entries: readonly Entry[], lambdaName: string, alias: string): readonly Entry[] {
  return entries.filter((entry) => entry.lambdaName === lambdaName && entry.alias === alias)
}

function told({ time, release = '', reason }: Entry, by: string | undefined, byHand: boolean): RolledBack {
  return { time, release, reason, by, isByHand: byHand }
}

function isRollback({ kind, outcome }: Entry): boolean {
  return kind === 'outcome' && outcome === 'rolled-back'
}

/** Tells whether the entry is a rollback by hand, which is a release of its own. */
function isByHand(entry: Entry): boolean {
  return entry.strategy === 'rollback'
}

/**
 * The versions that lost their traffic to an older one by hand: the alias's, and the candidate of a release in
 * progress.
 */
function leftBy(entry: Entry): string[] {
  if (!isByHand(entry)) return []
  const { from, version: to } = entry
  return [from?.version ?? '', from?.weight?.version ?? ''].filter((version) => Number(version) > Number(to))
}

import type { Entry } from '../../release/journal/entry.ts'

/** The candidate's share of the alias's traffic from a time on. */
export interface SharePoint {
  /** Milliseconds since the epoch. */
  time: number
  /** 0 to 100. */
  percent: number
}

/** An entry of a release's journal, with the candidate's share after it. */
export interface Placed {
  entry: Entry
  /** 0 to 100. */
  percent: number
}

/**
 * Follows the candidate's share through the journal of its release.
 *
 * @param entries of the release, and of a person's rollback that ended it, in order
 */
export function placedEntries(entries: readonly Entry[], candidate: string): Placed[] {
  let percent = 0
  return entries.map((entry) => {
    percent = shareAfter(entry, candidate) ?? percent
    return { entry, percent }
  })
}

/** The times at which the candidate's share changed, in order. */
export function courseOf(placed: readonly Placed[]): SharePoint[] {
  let last = 0
  return placed.flatMap(({ entry: { time }, percent }) => {
    if (percent === last) return []
    last = percent
    return [{ time, percent }]
  })
}

/** Undefined if the entry tells no place of the alias. */
function shareAfter({ kind, outcome, version, weight }: Entry, candidate: string): number | undefined {
  if (!['shifted', 'done', 'outcome'].includes(kind)) return undefined
  if (version === undefined) return outcome === 'rolled-back' ? 0 : undefined
  const second = weightOf(weight)
  if (second?.version === candidate) return second.percent
  return version === candidate ? 100 - (second?.percent ?? 0) : 0
}

/** Journals are not trusted. */
function weightOf(weight: unknown): { version: string; percent: number } | undefined {
  if (typeof weight !== 'object' || weight === null) return undefined
  const { version, percent } = weight as { version?: unknown; percent?: unknown }
  return typeof version === 'string' && typeof percent === 'number' ? { version, percent } : undefined
}

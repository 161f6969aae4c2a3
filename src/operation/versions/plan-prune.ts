import { trafficShare } from '../../release/decision/traffic-share.ts'
import type { PastRelease } from '../../release/history/history.ts'
import type { AliasState } from '../../release/values/observed.ts'
import { inProgress, parseRecord, type ReleaseRecord } from '../../release/values/record.ts'
import { parseOrigin } from '../../release/values/version-description.ts'
import { type AliasReleases, type Published, pointsTo } from './described.ts'

/** Everything that can keep a version. */
export interface PruneFacts extends VersionUses {
  /** All published versions, the newest first. */
  versions: readonly Published[]
  /** The last releases of aliases whose Description has no record, by their names, from the journal. */
  lostRecords: ReadonlyMap<string, ReleaseRecord>
  /** The releases of the last 30 days. */
  past: readonly AliasReleases[]
}

/** The uses of a function's versions that one read each tells for all versions. */
export interface VersionUses {
  aliases: readonly AliasState[]
  /** Qualifiers with provisioned concurrency. */
  provisioned: readonly string[]
  /** Qualifiers that event source mappings invoke. */
  mapped: readonly string[]
  /** Versions with a durable execution that has not ended. */
  executing: readonly string[]
}

/** The versions that a person wants to keep besides those in use. */
export interface PruneRules {
  /** The number of newest versions, and of last releases of each alias; at least 1. */
  keep: number
  /** Keeps versions that were published less than this before `now`; milliseconds. */
  youngerThanMs?: number | undefined
  /** Milliseconds since the epoch. */
  now: number
  /** Keeps versions that another tool published. */
  keepsOthers: boolean
}

/** The reason why a version stays. */
export type KeptBecause =
  | { kind: 'alias'; alias: string; percent: number }
  /** A rollback of the alias, or the undo of its last rollback, may go there. */
  | { kind: 'way-back'; alias: string }
  | { kind: 'in-flight'; alias: string; release: string }
  | { kind: 'last-release'; alias: string; release: string }
  | { kind: 'newest' }
  | { kind: 'provisioned' }
  | { kind: 'mapping' }
  | { kind: 'executing' }
  | { kind: 'policy' }
  | { kind: 'young' }
  /** Another tool published it. */
  | { kind: 'others' }

export interface KeptVersion extends Pick<Published, 'version' | 'published' | 'bytes'> {
  because: readonly KeptBecause[]
}

/** The versions that a prune deletes, and those that it keeps. */
export interface PrunePlan {
  /** The oldest first. */
  gone: readonly Published[]
  /** The newest first. */
  kept: readonly KeptVersion[]
}

/**
 * Decides which versions go: all that nothing needs and no rule keeps.
 *
 * @param withPolicy versions with a resource policy of their own
 */
export function planPrune(
  facts: PruneFacts,
  rules: PruneRules,
  withPolicy: ReadonlySet<string> = new Set(),
): PrunePlan {
  const judged = facts.versions.map((version, place) => ({
    version,
    because: [
      ...(withPolicy.has(version.version) ? [{ kind: 'policy' as const }] : []),
      ...reasonsOf(version, place, facts, rules),
    ],
  }))
  return {
    gone: judged.flatMap(({ version, because }) => (because.length === 0 ? [version] : [])).toReversed(),
    kept: judged.flatMap(({ version: { version, published, bytes }, because }) =>
      because.length === 0 ? [] : [{ version, published, ...(bytes !== undefined && { bytes }), because }],
    ),
  }
}

function reasonsOf(version: Published, place: number, facts: PruneFacts, rules: PruneRules): KeptBecause[] {
  const { keep, youngerThanMs, now, keepsOthers } = rules
  const isOthers = keepsOthers && !parseOrigin(version.description)
  const isYoung = youngerThanMs !== undefined && !(Date.parse(version.published) <= now - youngerThanMs)
  return [
    ...usesOf(version.version, facts, facts.lostRecords),
    ...facts.past.flatMap((past) => releasesOf(version.version, past, keep)),
    ...(place < Math.max(1, keep) ? [{ kind: 'newest' as const }] : []),
    ...(isYoung ? [{ kind: 'young' as const }] : []),
    ...(isOthers ? [{ kind: 'others' as const }] : []),
  ]
}

/** The reasons that another actor may add at any time; they are read again before each deletion. */
export function usesOf(
  version: string,
  { aliases, provisioned, mapped, executing }: VersionUses,
  lostRecords: ReadonlyMap<string, ReleaseRecord>,
): KeptBecause[] {
  return [
    ...aliases.flatMap((alias) => aliasReasons(version, alias, lostRecords.get(alias.name))),
    ...(provisioned.includes(version) ? [{ kind: 'provisioned' as const }] : []),
    ...(mapped.includes(version) ? [{ kind: 'mapping' as const }] : []),
    ...(executing.includes(version) ? [{ kind: 'executing' as const }] : []),
  ]
}

function aliasReasons(version: string, alias: AliasState, lost: ReleaseRecord | undefined): KeptBecause[] {
  const { name } = alias
  if (pointsTo(alias, version)) return [{ kind: 'alias', alias: name, percent: trafficShare(version, alias) }]
  const record = parseRecord(alias.description) ?? lost
  if (!record) return []
  if (record.candidate === version && inProgress(record))
    return [{ kind: 'in-flight', alias: name, release: record.id }]
  const isWay = record.candidate === version || record.held.includes(version)
  return isWay ? [{ kind: 'way-back', alias: name }] : []
}

/** A release whose process died looks like one in flight: nobody knows that it will not be carried on. */
function releasesOf(version: string, { alias, releases }: AliasReleases, keep: number): KeptBecause[] {
  const last = new Set(lastReleased(releases).slice(0, keep))
  const own = releases.filter(({ candidate, from }) => candidate === version || from === version)
  const flying = own.find(({ ended }) => ended === undefined)
  if (flying) return [{ kind: 'in-flight', alias, release: flying.id }]
  const [newest] = own.filter(({ candidate }) => candidate === version)
  return newest && last.has(version) ? [{ kind: 'last-release', alias, release: newest.id }] : []
}

/** The versions of the last releases, each once, the newest first. */
function lastReleased(releases: readonly PastRelease[]): string[] {
  return [...new Set(releases.map(({ candidate }) => candidate))]
}

import { trafficShare } from '../../release/decision/traffic-share.ts'
import type { PastRelease } from '../../release/history/history.ts'
import type { Actor } from '../../release/values/actor.ts'
import type { AliasState } from '../../release/values/observed.ts'
import { type Origin, parseOrigin } from '../../release/values/version-description.ts'

/** A published version as Lambda knows it. */
export interface Published {
  version: string
  description: string
  /** SHA-256 of the zip in base64, or the digest of an image in hex. */
  codeSha256: string
  /** The size of its zip; absent for an image. */
  bytes?: number
  /** ISO 8601 in Lambda's form. */
  published: string
}

/** A version with everything that is known about it. */
export interface DescribedVersion extends Published {
  /** Digest and commit, if lambdactl published it. */
  origin: Origin | undefined
  /** The ARN of the credentials that released it first; absent if the journal does not tell. */
  by?: string
  /** The person or system for whom that process said to act: a claim. */
  actor?: Actor
  /** The aliases that point to it, as their version or as the second one. */
  aliases: readonly PointingAlias[]
  /** Its releases, newest first, as far as the journal tells. */
  releases: readonly VersionRelease[]
}

interface PointingAlias {
  name: string
  /** The share of the alias's traffic, in percent. */
  percent: number
}

/** A release that gave a version traffic, or tried to. */
export interface VersionRelease extends Pick<PastRelease, 'id' | 'strategy' | 'outcome' | 'started'> {
  alias: string
}

/** The releases of one alias. */
export interface AliasReleases {
  alias: string
  /** Newest first. */
  releases: readonly PastRelease[]
}

/** Adds the aliases and releases of a version to it. */
export function describedVersion(
  published: Published,
  aliases: readonly AliasState[],
  past: readonly AliasReleases[],
): DescribedVersion {
  const { version, description } = published
  const releases = past
    .flatMap(({ alias, releases: all }) => all.map((release) => ({ alias, ...release })))
    .filter(({ candidate }) => candidate === version)
    .toSorted((one, other) => other.started - one.started)
  const first = releases.findLast(({ strategy }) => strategy !== 'rollback')
  return {
    ...published,
    origin: parseOrigin(description),
    ...(first?.by !== undefined && { by: first.by }),
    ...(first?.actor && { actor: first.actor }),
    aliases: aliases
      .filter((alias) => pointsTo(alias, version))
      .map((alias) => ({ name: alias.name, percent: trafficShare(version, alias) })),
    releases: releases.map(({ alias, id, strategy, outcome, started }) => ({
      alias,
      id,
      strategy,
      outcome,
      started,
    })),
  }
}

/** Tells whether an alias names a version, also with a weight of 0. */
export function pointsTo({ version: main, weight }: AliasState, version: string): boolean {
  return version === main || version === weight?.version
}

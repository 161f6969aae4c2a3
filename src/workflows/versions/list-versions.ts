import { type DescribedVersion, describedVersion } from '../../operation/versions/described.ts'
import { commandFor, type Run, type Target } from '../run/run.ts'
import { readReleases } from './read-releases.ts'

/** The published versions of a function. */
export interface VersionList {
  function: string
  lambdaName: string
  /** Newest first. */
  versions: readonly DescribedVersion[]
  /** All published versions; `bytes` is the sum of their zips. */
  total: { count: number; bytes: number }
  /** The number of older versions left out, and the command that shows all; absent if all are shown. */
  more?: { count: number; see: string }
  /** False if the journal could not be read: then nobody knows who released a version. */
  isJournalRead: boolean
}

/**
 * Lists the newest published versions of a function, with their aliases and releases.
 *
 * @param limit the number of versions
 * @throws LambdactlError NOT_FOUND if there is no such function
 */
export async function listVersions(run: Run, target: Target, limit: number): Promise<VersionList> {
  const { function: name, lambdaName } = target
  const [all, aliases] = await Promise.all([
    run.aws.functions.versions(lambdaName),
    run.aws.aliases.list(lambdaName),
  ])
  const shown = all.slice(0, limit)
  const oldest = shown.at(-1)
  const names = aliases.map((alias) => alias.name)
  const past = oldest ? await readReleases(run, target, names, oldest.published) : []
  const count = all.length - shown.length
  const see = commandFor(target, 'versions list', '--limit', String(all.length))
  return {
    function: name,
    lambdaName,
    versions: shown.map((version) => describedVersion(version, aliases, past ?? [])),
    total: { count: all.length, bytes: all.reduce((sum, { bytes = 0 }) => sum + bytes, 0) },
    ...(count > 0 && { more: { count, see } }),
    isJournalRead: past !== undefined,
  }
}

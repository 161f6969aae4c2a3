import { type DescribedVersion, describedVersion } from '../../operation/versions/described.ts'
import type { FunctionState } from '../../ports/functions.ts'
import { type ConfigurationChange, newConfiguration } from '../../release/changes/configuration-changes.ts'
import type { Run, Target } from '../run/run.ts'
import { findVersion } from './find-version.ts'
import { readReleases } from './read-releases.ts'

/** A version with its configuration. */
export interface ShownVersion extends DescribedVersion {
  function: string
  lambdaName: string
  state: FunctionState['status']
  /** Lambda's reason for a failed state. */
  stateReason?: string
  logGroup: string
  /** Its settings, as changes from nothing; variables by their names alone. */
  configuration: readonly ConfigurationChange[]
  /** Lambda's reason why the variables are unknown; absent if they are known. */
  hiddenVariables?: string
  isJournalRead: boolean
}

/**
 * Reads one version: its configuration, aliases and releases.
 *
 * @param named a number, `$LATEST` or an alias
 * @throws LambdactlError NOT_FOUND
 */
export async function showVersion(run: Run, target: Target, named: string): Promise<ShownVersion> {
  const { function: name, lambdaName } = target
  const [found, aliases] = await Promise.all([
    findVersion(run, target, named),
    run.aws.aliases.list(lambdaName),
  ])
  const names = aliases.map((alias) => alias.name)
  const past = await readReleases(run, target, names, found.lastModified)
  return {
    function: name,
    lambdaName,
    ...describedVersion(publishedOf(found), aliases, past ?? []),
    state: found.status,
    ...(found.statusReason !== undefined && { stateReason: found.statusReason }),
    logGroup: found.logGroup,
    configuration: newConfiguration(found.settings),
    ...(found.hiddenVariables !== undefined && { hiddenVariables: found.hiddenVariables }),
    isJournalRead: past !== undefined,
  }
}

function publishedOf({ version, codeSha256, bytes, lastModified, settings }: FunctionState) {
  const { description } = settings
  return { version, description, codeSha256, ...(bytes !== undefined && { bytes }), published: lastModified }
}

import type { FunctionState } from '../../ports/functions.ts'
import { codeChanges, type FileChange, type FilePatch } from '../../release/changes/code-changes.ts'
import {
  type ConfigurationChange,
  configurationChanges,
} from '../../release/changes/configuration-changes.ts'
import { asReadable } from '../candidate/changes-of.ts'
import { deployedCode } from '../candidate/deployed-code-of.ts'
import { patchBetween } from '../candidate/patches.ts'
import type { Run, Target } from '../run/run.ts'
import { warn } from '../run/warn.ts'
import { findVersion } from './find-version.ts'

/** The differences between two versions of a function. */
export interface VersionDiff {
  function: string
  lambdaName: string
  /** The numbers of the versions, or `$LATEST`. */
  from: string
  to: string
  /** Variables by their names alone. */
  configuration: readonly ConfigurationChange[]
  code: readonly FileChange[]
  /** The differences of the code as text. */
  patch: readonly FilePatch[]
}

/** No version has this code. */
const noLocalCode = { sha256: '', files: [], package: undefined }

/**
 * Compares two versions of a function, in configuration and code. Code is downloaded only if its SHA-256 differs.
 *
 * @param from a number, `$LATEST` or an alias
 * @throws LambdactlError NOT_FOUND, PACKAGE_INVALID, and the errors of downloading
 */
export async function diffVersions(run: Run, target: Target, from: string, to: string): Promise<VersionDiff> {
  const [before, after] = await Promise.all([findVersion(run, target, from), findVersion(run, target, to)])
  const [old, now] = readable(run, target, before, after)
  return {
    function: target.function,
    lambdaName: target.lambdaName,
    from: before.version,
    to: after.version,
    configuration: configurationChanges(old.settings, now.settings),
    ...(await codeDifferences(run, target, before, after)),
  }
}

async function codeDifferences(
  run: Run,
  target: Target,
  before: FunctionState,
  after: FunctionState,
): Promise<Pick<VersionDiff, 'code' | 'patch'>> {
  if (before.codeSha256 === after.codeSha256) return { code: [], patch: [] }
  const deployed = deployedCode(run, target, noLocalCode)
  const [old, now] = await Promise.all([deployed.codeOf(before), deployed.codeOf(after)])
  const code = codeChanges(old, now)
  return { code, patch: await patchBetween(deployed, before, after, code) }
}

/** Variables that can't be read on one side count as unchanged. */
function readable(
  run: Run,
  target: Target,
  before: FunctionState,
  after: FunctionState,
): [FunctionState, FunctionState] {
  const why = before.hiddenVariables ?? after.hiddenVariables
  if (why === undefined) return [before, after]
  warn(
    run,
    target,
    `The environment variables of ${target.lambdaName} can't be compared, since they can't be read: ${why}`,
  )
  const old = asReadable(before, after.settings)
  return [old, asReadable(after, old.settings)]
}

import type { ResolvedFunction } from '../../config/types.ts'
import type { FunctionState } from '../../ports/functions.ts'
import { lastBroughtBy } from '../../release/changes/brought.ts'
import type { AliasState } from '../../release/values/observed.ts'
import { parseRecord } from '../../release/values/record.ts'
import { parseOrigin } from '../../release/values/version-description.ts'
import type { LocalFunction } from '../code/local-function.ts'
import type { Past } from '../run/read-past.ts'
import type { Run, Target } from '../run/run.ts'
import { fingerprintOf } from '../settings/fingerprint.ts'
import { settingsChanges } from '../settings/settings.ts'
import { readVersions } from './read-versions.ts'
import { runs } from './runs.ts'

/**
 * Tells whether `init --from` wrote the function down: lambdactl.yaml names it by its ARN, usually with the version.
 */
function isAdopted({ adopted }: ResolvedFunction, { arn }: FunctionState): boolean {
  return adopted !== undefined && unversioned(adopted) === unversioned(arn)
}

function unversioned(arn: string): string {
  return arn.split(':').slice(0, 7).join(':')
}

/**
 * Finds the version that lambdactl knows to be served. If something else published the alias's version, it is the
 * version that `init --from` wrote down, so that later changes are reported.
 */
export async function knownServing(
  run: Run,
  fn: ResolvedFunction,
  serving: FunctionState,
): Promise<FunctionState> {
  const version = fn.adopted?.split(':')[7]
  if (version === undefined || parseOrigin(serving.settings.description) || !isAdopted(fn, serving))
    return serving
  return (await run.aws.functions.get(serving.name, version)) ?? serving
}

/** A function in AWS and on this machine, to decide about its owner. */
export interface Owned {
  target: Target
  fn: ResolvedFunction
  local: LocalFunction
  alias: AliasState | undefined
  /** The version that the alias serves; undefined without an alias. */
  serving: FunctionState | undefined
  /** $LATEST; undefined if it was not read, since nothing will be published. */
  latest?: FunctionState | undefined
}

/**
 * Decides whether lambdactl may change a function, because it made it, published it or was told to take it on. The
 * evidence is the ARN in lambdactl.yaml, the mark of the alias's version, or the journal, if a release was interrupted
 * before it had published; or another tool makes it, and lambdactl was given its code. Without an alias the newest
 * version tells. A function that equals the local one counts too: its first release was interrupted.
 *
 * @param past reads the function's journal; called only if no mark tells
 */
export async function isOurs(run: Run, owned: Owned, past: () => Promise<Past>): Promise<boolean> {
  const { target, fn, local, alias, serving, latest } = owned
  if (fn.manages === 'code') return true
  const there = latest ?? serving
  if (there && isAdopted(fn, there)) return true
  if (alias && serving && hasMark(alias, serving)) return true
  if (!latest) return false
  if (isBrought(owned, latest, (await past()) ?? [])) return true
  if (serving && serving.version !== '$LATEST') return false
  const [newest] = await readVersions(run, target)
  if (newest) return parseOrigin(newest.description) !== undefined
  return !alias && runs(latest, local.code) && !settingsChanges(latest.settings, local.settings)
}

/** Tells whether the alias's version, or the alias's own Description, has lambdactl's mark. */
function hasMark(alias: AliasState, { settings }: FunctionState): boolean {
  return parseOrigin(settings.description) !== undefined || parseRecord(alias.description) !== undefined
}

/**
 * Tells whether lambdactl gave $LATEST its state. A state that was given for another alias does not make this alias's
 * version lambdactl's.
 */
function isBrought({ target, alias }: Owned, latest: FunctionState, past: NonNullable<Past>): boolean {
  const own = alias ? past.filter((entry) => entry.alias === target.alias) : past
  const brought = lastBroughtBy(own, target.lambdaName)
  return brought?.code === latest.codeSha256 || brought?.configuration === fingerprintOf(latest.settings)
}

import type { ResolvedFunction } from '../../config/types.ts'
import type { FunctionState } from '../../ports/functions.ts'
import { lastBroughtBy } from '../../release/changes/brought.ts'
import type { AliasState } from '../../release/values/observed.ts'
import { parseRecord } from '../../release/values/record.ts'
import { parseOrigin } from '../../release/values/version-description.ts'
import type { Past } from '../run/read-past.ts'
import type { Run, Target } from '../run/run.ts'
import { settingsChanges } from '../settings/settings.ts'
import type { LocalFunction } from './candidate-code.ts'
import { fingerprintOf } from './last-brought.ts'
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

/** A function as it is in AWS and as it lies here, to tell whose it is. */
export interface Owned {
  target: Target
  fn: ResolvedFunction
  local: LocalFunction
  alias: AliasState | undefined
  /** The version that the alias serves; undefined without an alias. */
  serving: FunctionState | undefined
  /** $LATEST; undefined where it was not read, since nothing is to be published. */
  latest?: FunctionState | undefined
}

/**
 * Decides whether lambdactl may change a function, since it made it, published it or was told to take it on: by the ARN
 * in lambdactl.yaml, by the mark of what the alias serves, or by the journal, where a release was interrupted before it
 * had published. Without an alias the newest version tells it, and so does a function that is just what lies here: its
 * first release was interrupted.
 *
 * @param past reads the function's journal, which is asked only where no mark tells
 */
export async function isOurs(run: Run, owned: Owned, past: () => Promise<Past>): Promise<boolean> {
  const { target, fn, local, alias, serving, latest } = owned
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
 * Whether lambdactl brought $LATEST to what it is. Doing so for another alias does not make this one's version ours.
 */
function isBrought({ target, alias }: Owned, latest: FunctionState, past: NonNullable<Past>): boolean {
  const own = alias ? past.filter((entry) => entry.alias === target.alias) : past
  const brought = lastBroughtBy(own, target.lambdaName)
  return brought?.code === latest.codeSha256 || brought?.configuration === fingerprintOf(latest.settings)
}

import type { FunctionState } from '../../ports/functions.ts'
import { lastBroughtBy, lastDescriptionBrought } from '../../release/changes/brought.ts'
import { configurationChanges } from '../../release/changes/configuration-changes.ts'
import { parseOrigin } from '../../release/values/version-description.ts'
import type { LocalFunction } from '../code/local-function.ts'
import type { Past } from '../run/read-past.ts'
import type { Run, Target } from '../run/run.ts'
import { fingerprintOf } from '../settings/fingerprint.ts'
import { readVersions } from './read-versions.ts'

/** A function as its alias serves it, as $LATEST has it, and on this machine. */
export interface Served {
  serving: FunctionState
  latest: FunctionState
  local: Pick<LocalFunction, 'digest' | 'settings'>
}

/**
 * Finds the state that lambdactl last gave to $LATEST: the newest version that it published, or the state that an
 * interrupted release was about to publish. Everything else in $LATEST was changed by hand. If nothing there is
 * lambdactl's, the state is the alias's version.
 *
 * @param past returns the function's journal; called only if $LATEST differs from the alias's version
 */
export async function lastBrought(
  run: Run,
  target: Target,
  { serving, latest, local }: Served,
  past: () => Promise<Past>,
): Promise<FunctionState> {
  const brought = await lastConfiguration(run, target, { serving, latest }, past)
  const description = await lastDescription(target, brought, { latest, local }, past)
  return { ...brought, settings: { ...brought.settings, description } }
}

/**
 * Finds the Description that $LATEST had then; a version's own names its origin. If it is unknown, it counts as
 * unchanged.
 */
async function lastDescription(
  { lambdaName }: Target,
  { settings }: FunctionState,
  { latest, local }: Pick<Served, 'latest' | 'local'>,
  past: () => Promise<Past>,
): Promise<string> {
  const [now, wanted] = [latest.settings.description, local.settings.description]
  if (now === wanted) return now
  if (parseOrigin(settings.description)?.digest === local.digest) return wanted
  return lastDescriptionBrought((await past()) ?? [], lambdaName, now)
}

/** Finds the configuration without the Description. */
async function lastConfiguration(
  run: Run,
  target: Target,
  { serving, latest }: Pick<Served, 'serving' | 'latest'>,
  past: () => Promise<Past>,
): Promise<FunctionState> {
  // The tool that published it may have changed lambdactl's settings.
  if (parseOrigin(serving.settings.description) && isAlike(serving, latest)) return serving
  const brought = lastBroughtBy((await past()) ?? [], target.lambdaName)
  const hasOurSettings = brought?.configuration === fingerprintOf(latest.settings)
  const hasOurCode = brought?.code === latest.codeSha256
  if (hasOurSettings && hasOurCode) return latest
  const newest = await newestOfOurs(run, target, serving)
  return {
    ...newest,
    ...(hasOurSettings && { settings: latest.settings }),
    ...(hasOurCode && { codeSha256: latest.codeSha256 }),
  }
}

function isAlike(one: FunctionState, other: FunctionState): boolean {
  return (
    one.codeSha256 === other.codeSha256 && configurationChanges(one.settings, other.settings).length === 0
  )
}

async function newestOfOurs(run: Run, target: Target, serving: FunctionState): Promise<FunctionState> {
  const newest = (await readVersions(run, target)).find(({ description }) => parseOrigin(description))
  if (!newest || newest.version === serving.version) return serving
  return (await run.aws.functions.get(target.lambdaName, newest.version)) ?? serving
}

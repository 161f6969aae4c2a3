import { isConflict } from '../../errors/after-a-call.ts'
import { isCode } from '../../errors/error.ts'
import type { ProvisionedConcurrency } from '../../release/plan/provisioned.ts'
import { hasInjectedWeight, servingVersion } from '../../release/values/injected-weight.ts'
import type { AliasState } from '../../release/values/observed.ts'
import { inProgress, parseRecord } from '../../release/values/record.ts'
import { shiftManually } from '../alias/shift-manually.ts'
import { interrupted, type Run, type Target } from '../run/run.ts'
import { waitUntil } from '../run/wait-until.ts'
import { warn } from '../run/warn.ts'
import { awaitProvisioned, findProvisioned, tellWarming } from './await-provisioned.ts'

/**
 * The alias as `clearInjectedWeights` would leave it, without changing anything; the same alias if there is nothing to
 * clear.
 */
export async function foretellCleared(
  run: Run,
  target: Target,
  found: AliasState | undefined,
): Promise<AliasState | undefined> {
  if (!found || !hasInjectedWeight(found) || inProgress(parseRecord(found.description))) return found
  const { weight: _, ...alias } = found
  return (await isComing(run, target, found)) ? alias : { ...alias, version: servingVersion(found) }
}

/**
 * Removes weights that Lambda itself has set, before a release. While the alias's provisioned concurrency is being
 * prepared it waits, and Lambda removes them. If that failed, or nothing is being prepared, an update clears them and
 * leaves the traffic where it is.
 *
 * @param injected an alias with such weights, which no release sets
 */
export async function clearInjectedWeights(run: Run, target: Target, injected: AliasState): Promise<void> {
  const prepared = await findProvisioned(run, target, injected.name)
  if (!willCome(prepared)) return clear(run, target, injected, prepared)
  if (await awaitReady(run, target, injected)) await awaitUnweighted(run, target)
  else await clearFailed(run, target)
}

/** Announces what a release would first do with weights that Lambda has set. */
export async function tellInjectedWeights(run: Run, target: Target, injected: AliasState): Promise<void> {
  const serving = servingVersion(injected)
  warn(
    run,
    target,
    (await isComing(run, target, injected))
      ? `${target.alias} still sends all traffic to version ${serving}, until its provisioned concurrency on version ${injected.version} is ready; the release waits for that first`
      : `${target.alias} is on version ${injected.version}, and a weight that Lambda left behind sends all traffic to version ${serving}; the release first clears the weight and leaves the traffic there`,
  )
}

/** Tells whether Lambda will remove the weights by itself when the environments are ready. */
async function isComing(run: Run, target: Target, { name }: AliasState): Promise<boolean> {
  return willCome(await findProvisioned(run, target, name))
}

function willCome(prepared: ProvisionedConcurrency | undefined): boolean {
  return prepared !== undefined && prepared.status !== 'FAILED'
}

/** False if its environments failed to start, or are gone. */
async function awaitReady(run: Run, target: Target, { name, version }: AliasState): Promise<boolean> {
  warn(
    run,
    target,
    `waiting until Lambda has moved ${name} and its provisioned concurrency to version ${version}`,
  )
  try {
    await awaitProvisioned(run, target, name, tellWarming(run, target, version))
    return true
  } catch (error) {
    if (isCode(error, 'UPDATE_FAILED') || isConflict(error)) return false
    throw error
  }
}

/** Lambda removes the weights soon after. Weights that somebody else set stay, and that is a conflict. */
const settling = { deadlineMs: 30_000, firstPauseMs: 200, longestPauseMs: 3000 }

async function awaitUnweighted(run: Run, target: Target): Promise<void> {
  const until = run.clock.elapsed() + settling.deadlineMs
  await waitUntil(run.clock, 'Lambda to remove its weights', settling, async () => {
    const alias = await run.aws.aliases.get(target.lambdaName, target.alias)
    return !alias || !hasInjectedWeight(alias) || run.clock.elapsed() >= until ? true : undefined
  })
}

async function clearFailed(run: Run, target: Target): Promise<void> {
  const alias = await run.aws.aliases.get(target.lambdaName, target.alias)
  if (!alias || !hasInjectedWeight(alias)) return
  await clear(run, target, alias, await findProvisioned(run, target, alias.name))
}

async function clear(
  run: Run,
  target: Target,
  alias: AliasState,
  prepared: ProvisionedConcurrency | undefined,
): Promise<void> {
  if (run.signal.aborted) throw interrupted()
  const serving = servingVersion(alias)
  const why = prepared
    ? `its provisioned concurrency failed on version ${alias.version}`
    : `Lambda prepares nothing on version ${alias.version}`
  const reason = `Lambda left its weights, since ${why}`
  warn(
    run,
    target,
    `${target.alias}: ${reason}; they are cleared, and all traffic stays on version ${serving}`,
  )
  await shiftManually(run, target, alias, { version: serving, reason, exactly: true })
}

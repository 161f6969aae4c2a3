import { LambdactlError } from '../../errors/error.ts'
import type { AliasState } from '../../release/values/observed.ts'
import type { PlannedRelease } from '../run/release.ts'
import { interrupted, type Run, type Target } from '../run/run.ts'
import { awaitProvisioned, findProvisioned, tellWarming } from './await-provisioned.ts'
import { handOver } from './hand-over-concurrency.ts'

/**
 * Gives the candidate's version its environments, and waits until they are ready. Then moves the alias's own to the
 * stable version, since weights and an alias with provisioned concurrency exclude each other. No traffic moves.
 * Finished parts stay as they are, so another release can do the rest if this one dies.
 *
 * @param alias as first read, which guards the first shift
 * @returns the alias's present state
 * @throws LambdactlError UPDATE_FAILED with AWS's reason if a version does not start, INTERRUPTED; the caller releases
 * the candidate's environments again
 */
export async function warmVersions(
  { run, target, plan: { candidate, provisioned } }: PlannedRelease,
  alias: AliasState | undefined,
): Promise<AliasState | undefined> {
  if (!provisioned) return alias
  await warmCandidate(run, target, candidate, provisioned.amount)
  if (!provisioned.stable || !alias) return alias
  return handOver(run, target, alias, provisioned.stable.amount)
}

async function warmCandidate(run: Run, target: Target, candidate: string, amount: number): Promise<void> {
  if (run.signal.aborted) throw interrupted()
  const found = await findProvisioned(run, target, candidate)
  if (found?.requested !== amount || found.status === 'FAILED')
    await provision(run, target, candidate, amount)
  else if (found.status === 'READY') return
  await awaitProvisioned(run, target, candidate, tellWarming(run, target, candidate))
}

/** A refusal is usually a reservation that is too small for two versions at once. */
async function provision(run: Run, target: Target, candidate: string, amount: number): Promise<void> {
  try {
    await run.aws.concurrency.provision(target.lambdaName, candidate, amount)
  } catch (error) {
    if (!(error instanceof LambdactlError) || error.code !== 'AWS_REFUSED') throw error
    const next = [
      `While a release runs, both versions keep their environments: reserve more concurrency, or ask for less with functions.${target.function}.provisionedConcurrency.`,
    ]
    throw new LambdactlError('AWS_REFUSED', error.message, { next, cause: error })
  }
}

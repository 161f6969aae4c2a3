import { LambdactlError } from '../errors/error.ts'
import type { AccountConcurrency, ProvisionedConcurrency } from '../ports/concurrency.ts'
import { explainNoVersion } from './alias/explain-missing.ts'
import { awaitProvisioned } from './provisioned/await-provisioned.ts'
import { requireOwnProvisioned, requireOwnReservation } from './release-only/require-own.ts'
import { commandFor, type Run, type Target } from './run/run.ts'

export interface ConcurrencyStatus {
  function: string
  lambdaName: string
  /** Undefined if the function shares the account's unreserved concurrency. */
  reserved: number | undefined
  provisioned: ProvisionedConcurrency[]
  account: AccountConcurrency
}

/** Reads a function's reserved and provisioned concurrency and the account's. */
export async function showConcurrency({ aws }: Run, target: Target): Promise<ConcurrencyStatus> {
  const [reserved, provisioned, account] = await Promise.all([
    aws.concurrency.reserved(target.lambdaName),
    aws.concurrency.provisioned(target.lambdaName),
    aws.concurrency.account(),
  ])
  return { function: target.function, lambdaName: target.lambdaName, reserved, provisioned, account }
}

/**
 * Reserves concurrency for a function (0 stops all its invocations), or removes the reservation with `none`.
 *
 * @throws LambdactlError USAGE for a function of another tool
 */
export async function reserveConcurrency(
  run: Run,
  target: Target,
  amount: number | 'none',
): Promise<ConcurrencyStatus> {
  const { concurrency } = run.aws
  await requireOwnReservation(run, target)
  if (amount === 'none') await concurrency.unreserve(target.lambdaName)
  else await concurrency.reserve(target.lambdaName, amount)
  return showConcurrency(run, target)
}

/** The provisioned concurrency for a version. */
export interface Provision {
  /** Undefined: the alias's version. */
  version: string | undefined
  amount: number | 'none'
}

/**
 * Provisions concurrency for a version and waits until it is READY, or removes it with `none`.
 *
 * @param onProgress is called at each look with the number of ready environments
 * @throws LambdactlError UPDATE_FAILED with AWS's reason if initialisation fails
 */
export async function provisionConcurrency(
  run: Run,
  target: Target,
  { version, amount }: Provision,
  onProgress: (progress: ProvisionedConcurrency) => void,
): Promise<ConcurrencyStatus> {
  const { concurrency } = run.aws
  await requireOwnProvisioned(run, target)
  const qualifier = version ?? (await servingVersion(run, target))
  if (amount === 'none') {
    await concurrency.unprovision(target.lambdaName, qualifier)
    return showConcurrency(run, target)
  }
  try {
    await concurrency.provision(target.lambdaName, qualifier, amount)
  } catch (error) {
    throw await explainNoVersion(run, target, qualifier, error)
  }
  await awaitProvisioned(run, target, qualifier, onProgress)
  return showConcurrency(run, target)
}

async function servingVersion({ aws }: Run, target: Target): Promise<string> {
  const { lambdaName, alias } = target
  const found = await aws.aliases.get(lambdaName, alias)
  if (found) return found.version
  throw new LambdactlError(
    'NOT_FOUND',
    `${lambdaName} has no alias ${alias}, so there is no version to provision.`,
    {
      next: [`Deploy it first: ${commandFor(target, 'deploy')}`],
    },
  )
}

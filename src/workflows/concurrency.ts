import { LambdactlError } from '../errors/error.ts'
import type { AccountConcurrency, ProvisionedConcurrency } from '../ports/concurrency.ts'
import { commandFor, type Run, type Target } from './run.ts'
import { waitUntil } from './wait-until.ts'

export interface ConcurrencyStatus {
  function: string
  lambdaName: string
  /** Undefined when the function shares the account's unreserved concurrency. */
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

/** Reserves concurrency for a function (0 stops all its invocations), or with `none` removes the reservation. */
export async function reserveConcurrency(
  run: Run,
  target: Target,
  amount: number | 'none',
): Promise<ConcurrencyStatus> {
  const { concurrency } = run.aws
  if (amount === 'none') await concurrency.unreserve(target.lambdaName)
  else await concurrency.reserve(target.lambdaName, amount)
  return showConcurrency(run, target)
}

/** AWS starts to allocate after one or two minutes, and large amounts take a few more. */
const provisionPatience = { deadlineMs: 15 * 60_000, firstPauseMs: 200, longestPauseMs: 3000 }

/**
 * Provisions concurrency for a version and waits until it is READY, or with `none` removes it.
 *
 * @param version undefined: the one that the alias is on
 * @param onProgress told at each look how many environments are there
 * @throws LambdactlError UPDATE_FAILED with AWS's reason when initialisation fails
 */
export async function provisionConcurrency(
  run: Run,
  target: Target,
  version: string | undefined,
  amount: number | 'none',
  onProgress: (progress: ProvisionedConcurrency) => void,
): Promise<ConcurrencyStatus> {
  const { concurrency } = run.aws
  const qualifier = version ?? (await servingVersion(run, target))
  if (amount === 'none') {
    await concurrency.unprovision(target.lambdaName, qualifier)
    return showConcurrency(run, target)
  }
  await concurrency.provision(target.lambdaName, qualifier, amount)
  await waitUntil(
    run.clock,
    `the provisioned concurrency of ${target.lambdaName}:${qualifier}`,
    provisionPatience,
    async () => {
      const all = await concurrency.provisioned(target.lambdaName)
      const mine = all.find((one) => one.qualifier === qualifier)
      if (!mine)
        throw new LambdactlError(
          'CONFLICT',
          `The provisioned concurrency of ${target.lambdaName}:${qualifier} was removed meanwhile.`,
        )
      onProgress(mine)
      if (mine.status === 'FAILED') throw initialisationFailed(target, qualifier, mine)
      return mine.status === 'READY' ? mine : undefined
    },
  )
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

function initialisationFailed(target: Target, qualifier: string, { reason }: ProvisionedConcurrency) {
  return new LambdactlError(
    'UPDATE_FAILED',
    `Lambda could not provision concurrency for ${target.lambdaName}:${qualifier}: ${reason ?? 'no reason given'}.`,
    {
      next: [
        `See what its start printed: ${commandFor(target, 'logs tail', '--since', '10m', '--no-follow')}`,
      ],
    },
  )
}

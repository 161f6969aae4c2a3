import { LambdactlError } from '../../errors/error.ts'
import { refusedProvision } from '../../operation/concurrency/limits.ts'
import type { ProvisionedConcurrency } from '../../ports/concurrency.ts'
import { explainNoVersion } from '../alias/explain-missing.ts'
import { awaitProvisioned } from '../provisioned/await-provisioned.ts'
import { requireOwnProvisioned } from '../release-only/require-own.ts'
import { commandFor, type Run, type Target } from '../run/run.ts'
import { provisionCommand } from './commands.ts'
import { beyondLimit, explainLimit } from './explain-limit.ts'
import { type ConcurrencyChange, type ConcurrencyStatus, readConcurrency, totalOf } from './status.ts'

/** The provisioned concurrency for a version. */
export interface Provision {
  /** Undefined: the alias's version; with `none` the alias itself if it has some. */
  version: string | undefined
  amount: number | 'none'
  /** Changes nothing. */
  dryRun: boolean
}

/**
 * Provisions concurrency for a version and waits until it is READY, or removes it with `none`.
 *
 * @param onProgress is called at each look with the number of ready environments
 * @throws LambdactlError UPDATE_FAILED with AWS's reason if initialisation fails; USAGE beyond the limits
 */
export async function provisionConcurrency(
  run: Run,
  target: Target,
  { version, amount, dryRun }: Provision,
  onProgress: (progress: ProvisionedConcurrency) => void,
): Promise<ConcurrencyChange> {
  await requireOwnProvisioned(run, target)
  const before = await readConcurrency(run, target)
  const isOfAlias = version === undefined && amount === 'none' && !!provisionedOf(before, target.alias)
  const qualifier = isOfAlias ? target.alias : (version ?? (await servingVersion(run, target)))
  requireWithinLimits(target, before, qualifier, amount)
  if (!dryRun) await change(run, target, { qualifier, amount, onProgress })
  const had = provisionedOf(before, qualifier)?.requested ?? null
  return {
    ...(dryRun ? before : await readConcurrency(run, target)),
    change: { what: 'provisioned', qualifier, from: had, to: amount === 'none' ? null : amount },
    undo: undoOf(target, qualifier, had),
    dryRun,
  }
}

function requireWithinLimits(
  target: Target,
  { reserved, provisioned, account }: ConcurrencyStatus,
  qualifier: string,
  amount: number | 'none',
): void {
  if (amount === 'none') return
  const others = totalOf(provisioned.filter((one) => one.qualifier !== qualifier))
  const refusal = refusedProvision(account, { reserved, provisioned: others }, amount)
  if (refusal) throw beyondLimit(target, 'provision', amount, refusal)
}

interface Change {
  qualifier: string
  amount: number | 'none'
  onProgress: (progress: ProvisionedConcurrency) => void
}

async function change(run: Run, target: Target, { qualifier, amount, onProgress }: Change): Promise<void> {
  const { concurrency } = run.aws
  if (amount === 'none') return concurrency.unprovision(target.lambdaName, qualifier)
  try {
    await concurrency.provision(target.lambdaName, qualifier, amount)
  } catch (error) {
    throw await explainNoVersion(run, target, qualifier, explainLimit(target, error))
  }
  await awaitProvisioned(run, target, qualifier, onProgress)
}

function provisionedOf(
  { provisioned }: Pick<ConcurrencyStatus, 'provisioned'>,
  qualifier: string,
): ProvisionedConcurrency | undefined {
  return provisioned.find((one) => one.qualifier === qualifier)
}

function undoOf(target: Target, qualifier: string, had: number | null): string {
  if (had !== null) return provisionCommand(target, qualifier, had)
  return commandFor(target, 'concurrency provision', 'none', '--version', qualifier)
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

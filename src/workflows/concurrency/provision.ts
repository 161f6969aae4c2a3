import { LambdactlError } from '../../errors/error.ts'
import { counted } from '../../gates/comparison/words.ts'
import { refusedProvision } from '../../operation/concurrency/limits.ts'
import type { ProvisionedConcurrency } from '../../ports/concurrency.ts'
import { explainNoVersion } from '../alias/explain-missing.ts'
import { keepOperation } from '../history/keep-operation.ts'
import { awaitProvisioned } from '../provisioned/await-provisioned.ts'
import { requireOwnAliasProvisioned, requireOwnProvisioned } from '../release-only/require-own.ts'
import { commandFor, deployFirst, type Run, type Target } from '../run/run.ts'
import { warn } from '../run/warn.ts'
import { stoppedOf } from '../stopping/stopped.ts'
import { provisionCommand } from './commands.ts'
import { beyondLimit, explainLimit } from './explain-limit.ts'
import { type ConcurrencyChange, type ConcurrencyStatus, readConcurrency, totalOf } from './status.ts'

/** The provisioned concurrency for a version. */
export interface Provision {
  /** Undefined: the alias itself if it has some of its own, else its version. */
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
  const isOfAlias = version === undefined && provisionedOf(before, target.alias) !== undefined
  if (isOfAlias) await requireOwnAliasProvisioned(run, target)
  const qualifier = isOfAlias ? target.alias : (version ?? (await servingVersion(run, target)))
  if (amount !== 'none') await requireRunning(run, target, before)
  requireWithinLimits(target, before, qualifier, amount)
  if (isOfAlias) await warnOfScaled(run, target)
  const had = provisionedOf(before, qualifier)?.requested ?? null
  const made = { qualifier, from: had, to: amount === 'none' ? null : amount }
  if (!dryRun) {
    await change(run, target, { qualifier, amount })
    await keepOperation(run, target, { kind: 'provisioned', ...made })
    if (amount !== 'none') await awaitProvisioned(run, target, qualifier, onProgress)
  }
  return {
    ...(dryRun ? before : await readConcurrency(run, target)),
    change: { what: 'provisioned', ...made },
    undo: undoOf(target, { qualifier, amount, had }),
    dryRun,
  }
}

/** Lambda refuses all environments of a stopped function, and more of the account's concurrency would not help. */
async function requireRunning(run: Run, target: Target, { reserved }: ConcurrencyStatus): Promise<void> {
  const stopped = await stoppedOf(run, target, { reserved })
  if (!stopped) return
  const text = `${target.lambdaName} can't have provisioned environments: it is ${stopped.summary}`
  throw new LambdactlError('USAGE', text, { next: [stopped.next] })
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

interface Undone {
  qualifier: string
  amount: number | 'none'
  had: number | null
}

interface Change {
  qualifier: string
  amount: number | 'none'
}

async function change(run: Run, target: Target, { qualifier, amount }: Change): Promise<void> {
  const { concurrency } = run.aws
  if (amount === 'none') return concurrency.unprovision(target.lambdaName, qualifier)
  try {
    await concurrency.provision(target.lambdaName, qualifier, amount)
  } catch (error) {
    throw await explainNoVersion(run, target, qualifier, explainLimit(target, error))
  }
}

/** Application Auto Scaling would soon bring the environments back between its bounds. */
async function warnOfScaled(run: Run, target: Target): Promise<void> {
  const found = await run.aws.scaling.scaled(target.lambdaName).catch(() => [])
  const scaled = found.find(({ qualifier }) => qualifier === target.alias)
  if (!scaled) return
  const end = commandFor(target, 'concurrency autoscale', 'none')
  const text = `Application Auto Scaling keeps ${scaled.min} to ${counted(scaled.max, 'environment')} on ${target.alias}, whatever is set here. To end that first: ${end}`
  warn(run, target, text)
}

function provisionedOf(
  { provisioned }: Pick<ConcurrencyStatus, 'provisioned'>,
  qualifier: string,
): ProvisionedConcurrency | undefined {
  return provisioned.find((one) => one.qualifier === qualifier)
}

/** Environments that the alias has lost come back by the AWS CLI only: lambdactl would give them to its version. */
function undoOf(target: Target, { qualifier, amount, had }: Undone): string {
  const isOfAlias = qualifier === target.alias
  if (had !== null && isOfAlias && amount !== 'none')
    return commandFor(target, 'concurrency provision', String(had))
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
      next: [deployFirst(target)],
    },
  )
}

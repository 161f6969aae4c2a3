import type { Before } from '../../operation/concurrency/stop.ts'
import type { AccountConcurrency, ProvisionedConcurrency } from '../../ports/concurrency.ts'
import type { Run, Target } from '../run/run.ts'

export interface ConcurrencyStatus {
  function: string
  lambdaName: string
  /** Undefined if the function shares the account's unreserved concurrency. */
  reserved: number | undefined
  provisioned: ProvisionedConcurrency[]
  account: AccountConcurrency
}

/** A change of a function's concurrency, made or foretold. */
export interface ConcurrencyChange extends ConcurrencyStatus {
  /** Concurrent executions before and after; null: none. `qualifier` is the version or alias of provisioned ones. */
  change: {
    what: 'reserved' | 'provisioned'
    qualifier?: string
    /** Concurrent executions; null: none. */
    from: number | null
    /** Concurrent executions; null: none. */
    to: number | null
  }
  /** The command that puts back what was before, ready for a shell. */
  undo: string
  /** True if nothing was changed. */
  dryRun: boolean
}

/** Reads a function's reserved and provisioned concurrency and the account's. */
export async function readConcurrency({ aws }: Run, target: Target): Promise<ConcurrencyStatus> {
  const [reserved, provisioned, account] = await Promise.all([
    aws.concurrency.reserved(target.lambdaName),
    aws.concurrency.provisioned(target.lambdaName),
    aws.concurrency.account(),
  ])
  return { function: target.function, lambdaName: target.lambdaName, reserved, provisioned, account }
}

/** Reads the concurrency that a stop takes away. */
export async function readBefore({ aws }: Run, { lambdaName }: Target): Promise<Before> {
  const [reserved, provisioned] = await Promise.all([
    aws.concurrency.reserved(lambdaName),
    aws.concurrency.provisioned(lambdaName),
  ])
  return { reserved: reserved ?? null, provisioned: provisioned.map(keptOf) }
}

function keptOf({ qualifier, requested }: ProvisionedConcurrency): Before['provisioned'][number] {
  return { qualifier, amount: requested }
}

/** All provisioned environments of a function. */
export function totalOf(provisioned: readonly ProvisionedConcurrency[]): number {
  return provisioned.reduce((sum, { requested }) => sum + requested, 0)
}

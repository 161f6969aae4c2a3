import type { ProvisionedConcurrency } from '../release/plan/provisioned.ts'

export type { ProvisionedConcurrency }

export interface AccountConcurrency {
  limit: number
  unreserved: number
}

/** A function's reserved and provisioned concurrency, in concurrent executions. */
export interface Concurrency {
  /** Undefined if nothing is reserved. */
  reserved(functionName: string): Promise<number | undefined>
  reserve(functionName: string, amount: number): Promise<void>
  unreserve(functionName: string): Promise<void>
  provisioned(functionName: string): Promise<ProvisionedConcurrency[]>
  provision(functionName: string, qualifier: string, amount: number): Promise<void>
  unprovision(functionName: string, qualifier: string): Promise<void>
  account(): Promise<AccountConcurrency>
}

/**
 * The changes of a stop in an incident and of the start after it. They are made for functions of another tool too, since
 * the start puts back exactly what that tool has set; all other changes go through `Concurrency`.
 */
export type KillSwitch = Pick<Concurrency, 'reserve' | 'unreserve' | 'provision' | 'unprovision'>

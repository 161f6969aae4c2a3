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

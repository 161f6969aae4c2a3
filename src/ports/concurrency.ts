/** Provisioned concurrency of a version or alias. */
export interface ProvisionedConcurrency {
  /** A version number or an alias. */
  qualifier: string
  requested: number
  available: number
  status: 'IN_PROGRESS' | 'READY' | 'FAILED'
  /** AWS's reason when FAILED. */
  reason: string | undefined
}

export interface AccountConcurrency {
  limit: number
  unreserved: number
}

/** A function's reserved and provisioned concurrency, in concurrent executions. */
export interface Concurrency {
  /** Undefined when nothing is reserved. */
  reserved(functionName: string): Promise<number | undefined>
  reserve(functionName: string, amount: number): Promise<void>
  unreserve(functionName: string): Promise<void>
  provisioned(functionName: string): Promise<ProvisionedConcurrency[]>
  provision(functionName: string, qualifier: string, amount: number): Promise<void>
  unprovision(functionName: string, qualifier: string): Promise<void>
  account(): Promise<AccountConcurrency>
}

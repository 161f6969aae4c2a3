import type { ProvisionedConcurrency } from '../release/plan/provisioned.ts'

export type { ProvisionedConcurrency }

export interface AccountConcurrency {
  /** Concurrent executions. */
  limit: number
  /** Concurrent executions. */
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
/** The bounds between which Application Auto Scaling keeps provisioned environments. */
interface Bounds {
  /** Environments. */
  min: number
  /** Environments. */
  max: number
}

/** A change of the bounds at times. */
export interface ScheduledBounds {
  name: string
  /** As in AWS: `cron(0 7 ? * MON-FRI *)`, `rate(1 day)` or `at(2026-12-01T08:00:00)`. */
  schedule: string
  /** An IANA name; undefined: UTC. */
  timezone?: string | undefined
  /** Environments. */
  min?: number | undefined
  /** Environments. */
  max?: number | undefined
}

/** A version or alias whose provisioned concurrency is scaled. */
export interface Scaled extends Bounds {
  lambdaName: string
  /** A version number or an alias. */
  qualifier: string
  policies: ScalingPolicy[]
  schedules: ScheduledBounds[]
  /** True if somebody has suspended a part of it. */
  suspended: boolean
}

interface ScalingPolicy {
  name: string
  /** The share of the environments that is kept busy, 0 to 1; undefined for a policy of another kind. */
  utilization: number | undefined
}

/** A function's version or alias. */
export interface ScaledResource {
  lambdaName: string
  qualifier: string
}

/** Application Auto Scaling, for the provisioned concurrency of Lambda. */
export interface Scaling {
  /** All in the account and Region, or those of one function. */
  scaled(lambdaName?: string): Promise<Scaled[]>
  /** Registers a version or an alias, or changes its bounds. */
  register(resource: ScaledResource, bounds: Bounds): Promise<void>
  /** Sets a policy that keeps a share of the environments busy. */
  track(resource: ScaledResource, policy: { name: string; utilization: number }): Promise<void>
  schedule(resource: ScaledResource, at: ScheduledBounds): Promise<void>
  /** It may be gone already. */
  unschedule(resource: ScaledResource, name: string): Promise<void>
  /** Removes it with its policies and schedules; its environments stay as they are. */
  deregister(resource: ScaledResource): Promise<void>
}

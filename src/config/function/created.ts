import { LambdactlError } from '../../errors/error.ts'
import type { MergedFunction } from '../service/overrides.ts'
import type { FieldPath } from '../types.ts'
import type { Fill } from '../values/interpolate.ts'

/** Settings that a function has from its creation or never. Absent: as it is; null and `none`: it must not have it. */
export interface CreatedSettings {
  readonly durable?: DurableSettings | null
  readonly capacityProvider?: CapacityProviderSettings | null
  readonly tenancy?: 'none' | 'per-tenant'
}

/** Absent fields stay as they are. */
export interface DurableSettings {
  readonly timeoutSeconds: number
  readonly retentionDays?: number
  /** The ARN of a key; empty: AWS's own. */
  readonly kmsKey?: string
}

/** Absent fields stay as they are. */
export interface CapacityProviderSettings {
  readonly arn: string
  /** Invocations that an environment has at a time. */
  readonly concurrency?: number
  readonly memoryGibPerCpu?: number
}

/** @throws LambdactlError CONFIG_INVALID where the one field is missing that Lambda needs */
export function createdSettings(
  merged: MergedFunction,
  fill: Fill,
  place: (field: FieldPath) => string,
): CreatedSettings {
  const { durable, capacityProvider, tenancy } = merged.fields
  const missing = (field: string, expected: string) =>
    new LambdactlError(
      'CONFIG_INVALID',
      `${place(merged.origin([field]))}: expected ${expected}, got nothing.`,
    )
  return {
    ...(durable !== undefined && { durable: durable && durableSettings(durable, fill, missing) }),
    ...(capacityProvider !== undefined && {
      capacityProvider: capacityProvider && providerSettings(capacityProvider, fill, missing),
    }),
    ...(tenancy !== undefined && { tenancy }),
  }
}

type Given<Name extends 'durable' | 'capacityProvider'> = NonNullable<MergedFunction['fields'][Name]>
type Missing = (field: string, expected: string) => LambdactlError

function durableSettings(
  { timeout, retention, kmsKey }: Given<'durable'>,
  fill: Fill,
  missing: Missing,
): DurableSettings {
  if (timeout === undefined) throw missing('durable', 'a timeout of whole executions, as in timeout: 24h')
  return {
    timeoutSeconds: timeout / 1000,
    ...(retention !== undefined && { retentionDays: Number.parseInt(retention, 10) }),
    ...(kmsKey !== undefined && { kmsKey: kmsKey === null ? '' : fill(kmsKey, 'durable', 'kmsKey') }),
  }
}

function providerSettings(
  { arn, concurrency, memoryPerCpu }: Given<'capacityProvider'>,
  fill: Fill,
  missing: Missing,
): CapacityProviderSettings {
  if (arn === undefined) throw missing('capacityProvider', "the capacity provider's arn")
  return {
    arn: fill(arn, 'capacityProvider', 'arn'),
    ...(concurrency !== undefined && { concurrency }),
    ...(memoryPerCpu !== undefined && { memoryGibPerCpu: memoryPerCpu }),
  }
}

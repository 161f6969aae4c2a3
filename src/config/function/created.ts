import * as z from 'zod'
import { LambdactlError } from '../../errors/error.ts'
import type { MergedFunction } from '../service/overrides.ts'
import type { FieldPath } from '../types.ts'
import { arnOrNull, duration, text, wholeNumber } from '../values/fields.ts'
import type { Fill } from '../values/interpolate.ts'

const retentionExpected = 'days from 1d to 90d'
const retentionSchema = z
  .string(retentionExpected)
  .regex(/^([1-9]|[1-8]\d|90)d$/, retentionExpected)
  .optional()
  .describe(
    'How long the history of an execution that has ended is kept. Left out: as it is; at first AWS’s 14d.',
  )

const durableSchema = z.strictObject({
  timeout: duration(1000, 31_622_400_000)
    .refine((milliseconds) => milliseconds % 1000 === 0, 'a duration of whole seconds')
    .optional()
    .describe('How long a whole durable execution may take, up to 8784h, a year.'),
  retention: retentionSchema,
  kmsKey: arnOrNull.describe(
    'The ARN of the key for the data of executions. Left out: as it is; null: AWS’s own.',
  ),
})

const memoryPerCpuExpected = 'a number from 2 to 8'
const capacityProviderSchema = z.strictObject({
  arn: text("a capacity provider's ARN").optional(),
  concurrency: wholeNumber(1, 1600)
    .optional()
    .describe('Invocations that an environment has at a time, at most. Left out: as it is.'),
  memoryPerCpu: z
    .number(memoryPerCpuExpected)
    .min(2, memoryPerCpuExpected)
    .max(8, memoryPerCpuExpected)
    .optional()
    .describe('GiB of memory for each vCPU. Left out: as it is.'),
})

/** The fields that a function has from its creation or never, as they are written; some can be changed later. */
export const createdShape = {
  durable: durableSchema
    .nullable()
    .optional()
    .describe('A durable function, from its creation on. Left out: as it is; null: it has to be none.'),
  capacityProvider: capacityProviderSchema
    .nullable()
    .optional()
    .describe('Run on Lambda Managed Instances, from its creation on. Left out: as it is; null: not there.'),
  tenancy: z
    .enum(['none', 'per-tenant'])
    .optional()
    .describe('Environments of its own for each tenant, from its creation on. Left out: as it is.'),
}

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

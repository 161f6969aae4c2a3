import * as z from 'zod'
import { LambdactlError } from '../../errors/error.ts'
import type { GivenSettings } from '../../function/settings/rows.ts'
import type { CapacityProvider, Durable } from '../../function/settings/settings.ts'
import { arnOrNull, duration, text, type Written, wholeNumber } from '../values/fields.ts'
import type { Position } from '../values/position.ts'

const retentionExpected = 'days from 1d to 90d'
const retentionSchema = z
  .string(retentionExpected)
  .regex(/^([1-9]|[1-8]\d|90)d$/, retentionExpected)
  .optional()
  .describe(
    'The time for which the history of an ended execution is kept. Left out: as it is; at first AWS’s 14d.',
  )

const durableSchema = z.strictObject({
  timeout: duration(1000, 31_622_400_000)
    .refine((milliseconds) => milliseconds % 1000 === 0, 'a duration of whole seconds')
    .optional()
    .describe('The time limit of a whole durable execution, up to 8784h, a year.'),
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
    .describe('The most concurrent invocations of an environment. Left out: as it is.'),
  memoryPerCpu: z
    .number(memoryPerCpuExpected)
    .min(2, memoryPerCpuExpected)
    .max(8, memoryPerCpuExpected)
    .optional()
    .describe('GiB of memory for each vCPU. Left out: as it is.'),
})

/** Fields that a function has from its creation or never, as the file writes them; some can be changed later. */
export const createdShape = {
  durable: durableSchema
    .nullable()
    .optional()
    .describe('A durable function, since its creation. Left out: as it is; null: it must not be durable.'),
  capacityProvider: capacityProviderSchema
    .nullable()
    .optional()
    .describe('Run on Lambda Managed Instances, since its creation. Left out: as it is; null: it must not.'),
  tenancy: z
    .enum(['none', 'per-tenant'])
    .optional()
    .describe('Separate environments for each tenant, since its creation. Left out: as it is.'),
}

/**
 * The settings of a function's creation with `${…}` replaced.
 *
 * @param at the function
 * @throws LambdactlError CONFIG_INVALID if the field is missing that Lambda needs
 */
export function createdSettings(
  { durable, capacityProvider, tenancy }: Written<typeof createdShape>,
  at: Position,
): GivenSettings {
  return {
    durable: durable && durableSettings(durable, at.below('durable')),
    capacityProvider: capacityProvider && providerSettings(capacityProvider, at.below('capacityProvider')),
    tenancy,
  }
}

function durableSettings(
  { timeout, retention, kmsKey: written }: z.output<typeof durableSchema>,
  at: Position,
): Durable {
  if (timeout === undefined) throw missing(at, 'a timeout for whole executions, as in timeout: 24h')
  const kmsKey = at.fillIfAny(written, 'kmsKey')
  return {
    timeoutSeconds: timeout / 1000,
    ...(retention !== undefined && { retentionDays: Number.parseInt(retention, 10) }),
    ...(kmsKey !== undefined && { kmsKey }),
  }
}

function providerSettings(
  { arn, concurrency, memoryPerCpu }: z.output<typeof capacityProviderSchema>,
  at: Position,
): CapacityProvider {
  if (arn === undefined) throw missing(at, "the capacity provider's arn")
  return {
    arn: at.fill(arn, 'arn'),
    ...(concurrency !== undefined && { concurrency }),
    ...(memoryPerCpu !== undefined && { memoryGibPerCpu: memoryPerCpu }),
  }
}

function missing(at: Position, expected: string): LambdactlError {
  return new LambdactlError('CONFIG_INVALID', `${at.place()}: expected ${expected}, got nothing.`)
}

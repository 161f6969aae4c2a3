import { randomUUID } from 'node:crypto'
import type { GetProvisionedConcurrencyConfigResponse } from '@aws-sdk/client-lambda'
import type { Operations } from '../protocol/service.ts'
import { ServiceError } from '../protocol/service-error.ts'
import { type Target, validation } from './records.ts'

/** The provisioned environments of a target. */
export interface Capacity {
  requested: number
  /** Whether all of them are ready, or failed. */
  isSettled: boolean
}

/** @throws ServiceError 400 if the function, or its version or alias, is not there */
export async function readCapacity(lambda: Operations, target: Target): Promise<Capacity> {
  try {
    const { RequestedProvisionedConcurrentExecutions: requested = 0, Status } = (await run(
      lambda,
      target,
      'GetProvisionedConcurrencyConfig',
    )) as GetProvisionedConcurrencyConfigResponse
    return { requested, isSettled: Status !== 'IN_PROGRESS' }
  } catch (error) {
    if (!(error instanceof ServiceError)) throw error
    if (error.code === 'ProvisionedConcurrencyConfigNotFoundException') {
      return { requested: 0, isSettled: true }
    }
    throw validation(error.message)
  }
}

/** @throws ServiceError in the words of Lambda */
export async function setCapacity(lambda: Operations, target: Target, wanted: number): Promise<void> {
  if (wanted === 0) await run(lambda, target, 'DeleteProvisionedConcurrencyConfig')
  else {
    const ProvisionedConcurrentExecutions = wanted
    await run(lambda, target, 'PutProvisionedConcurrencyConfig', { ProvisionedConcurrentExecutions })
  }
}

/** Brings the environments of a target between its bounds. @throws ServiceError */
export async function bringWithinBounds(lambda: Operations, target: Target): Promise<void> {
  const { requested } = await readCapacity(lambda, target)
  const wanted = within(target, requested)
  if (wanted !== requested) await setCapacity(lambda, target, wanted)
}

export function within({ min, max }: Pick<Target, 'min' | 'max'>, amount: number): number {
  return Math.min(Math.max(amount, min), max)
}

async function run(
  lambda: Operations,
  { resource, region, account }: Target,
  operation: string,
  more: object = {},
): Promise<object> {
  const [, FunctionName, Qualifier] = resource.split(':')
  const call = { region, account, requestId: randomUUID(), host: '' }
  return (await lambda[operation]?.({ FunctionName, Qualifier, ...more } as never, call)) ?? {}
}

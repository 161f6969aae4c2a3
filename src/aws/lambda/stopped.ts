import { LambdactlError } from '../../errors/error.ts'
import type { LambdaApi } from './api.ts'
import { lambdaConcurrency } from './concurrency.ts'

/** Lambda's reason for a throttle by the function's own reservation, used up or 0. */
const byReservation = 'ReservedFunctionConcurrentInvocationLimitExceeded'

/**
 * Tells whether an invocation was throttled because the function's reserved concurrency is 0, by which people stop a
 * function. A caller without permission to read the reservation only learns of the throttle.
 */
export async function isStopped(api: LambdaApi, name: string, error: unknown): Promise<boolean> {
  const { Reason } = ((error as Error).cause ?? {}) as { Reason?: unknown }
  if (Reason !== byReservation) return false
  const reserved = await lambdaConcurrency(api)
    .reserved(name)
    .catch(() => undefined)
  return reserved === 0
}

/** The error for an invocation of a stopped function. */
export function stopped(action: string, cause: unknown): LambdactlError {
  const what = 'it is stopped by hand (its reserved concurrency is 0)'
  return new LambdactlError('STOPPED', `Could not ${action}: ${what}.`, {
    next: ['Give it a reserved concurrency above 0, or remove the reservation.'],
    brief: `could not ${action}: ${what}`,
    cause,
  })
}

import { LambdactlError } from '../../errors/error.ts'
import type { LambdaApi } from './api.ts'
import { lambdaConcurrency } from './concurrency.ts'

/** Lambda's reason for a throttle by the function's own reservation, be it used up or 0. */
const byReservation = 'ReservedFunctionConcurrentInvocationLimitExceeded'

/**
 * Whether an invocation was throttled since the function's reserved concurrency is 0, by which people stop a function. Who
 * may not read the reservation is told of the throttle alone.
 */
export async function isStopped(api: LambdaApi, name: string, error: unknown): Promise<boolean> {
  const { Reason } = ((error as Error).cause ?? {}) as { Reason?: unknown }
  if (Reason !== byReservation) return false
  const reserved = await lambdaConcurrency(api)
    .reserved(name)
    .catch(() => undefined)
  return reserved === 0
}

/** The error for an invocation of a function that is stopped. */
export function stopped(action: string, cause: unknown): LambdactlError {
  const what = 'it is stopped by hand (its reserved concurrency is 0)'
  return new LambdactlError('STOPPED', `Could not ${action}: ${what}.`, {
    next: ['Give it a reserved concurrency above 0, or remove the reservation.'],
    brief: `could not ${action}: ${what}`,
    cause,
  })
}

import type { MetricDataResult } from '@aws-sdk/client-cloudwatch'
import { LambdactlError } from '../../errors/error.ts'

/**
 * A single series may fail although the call succeeds; its counts would look like zero.
 *
 * @param nameOf the name of a series for a person
 * @throws LambdactlError NOT_PERMITTED, AWS_UNAVAILABLE
 */
export function requireReadable(
  results: readonly MetricDataResult[],
  action: string,
  nameOf = (id: string) => id,
): void {
  const failed = results.find(
    ({ StatusCode }) => StatusCode === 'InternalError' || StatusCode === 'Forbidden',
  )
  if (!failed) return
  const what = `Could not ${action}: ${nameOf(failed.Id ?? 'a series')} is ${failed.StatusCode}`
  if (failed.StatusCode === 'Forbidden') {
    throw new LambdactlError('NOT_PERMITTED', what, {
      next: ['Have cloudwatch:GetMetricData granted to this identity, then run the command again.'],
    })
  }
  throw new LambdactlError('AWS_UNAVAILABLE', what, { next: ['Run the command again later.'] })
}

import { readerFor } from '../../streams/stream-reader.ts'
import type { LambdaContext } from '../records/context.ts'
import { invalidParameter } from '../requests/errors.ts'

/**
 * Refuses a stream that is not there. As long as nobody has made a stream of its kind in the Region, any ARN is
 * accepted.
 *
 * @throws ServiceError 400
 */
export function checkStream({ streams }: LambdaContext, arn: string | undefined, region: string): void {
  if (arn === undefined) return
  const reader = readerFor(streams, arn)
  if (reader.hasAny(region) && !reader.find(arn)) throw invalidParameter(`Stream not found: ${arn}`)
}

import type { Call } from '../../protocol/service.ts'
import { invalidArgument, noStream } from '../storage/errors.ts'
import type { KinesisStore } from '../storage/store.ts'
import type { OpenStream } from '../storage/stream.ts'

/** A request that names a stream. */
export interface Named {
  StreamName?: string | undefined
  StreamARN?: string | undefined
}

/** The members by which a request names a stream. */
export const naming = ['StreamName', 'StreamARN'] as const

/** The stream that a request names, by its name or its ARN. @throws ServiceError 400 */
export function requestedStream(
  store: KinesisStore,
  call: Call,
  { StreamName, StreamARN }: Named,
): OpenStream {
  const name = StreamName ?? StreamARN?.split(':stream/')[1]
  if (name === undefined) throw invalidArgument('Either StreamName or StreamARN must be provided.')
  const found = StreamARN === undefined ? store.find(call.region, name) : store.byArn(StreamARN)
  if (!found || found.stream.name !== name) throw noStream(name, call.account)
  return found
}

import { randomUUID } from 'node:crypto'
import { ServiceError } from '../../protocol/service-error.ts'
import type { ShardPlace, StreamRecord } from '../../streams/stream-reader.ts'
import type { LambdaContext } from '../records/context.ts'
import type { MappingRecord } from '../records/mappings.ts'
import type { Ran } from './invoke-mapped.ts'
import { countEvents } from './mapping-metrics.ts'
import type { GivenUp, StreamBatch } from './stream-batch.ts'

/** Records that Lambda gives up. */
export interface GivenUpBatch {
  batch: StreamBatch
  condition: GivenUp
  place: ShardPlace
  /** The last invocation that ran. */
  last: Ran | undefined
}

/** Sends a record of a batch that is given up to the mapping's destination; without one it is dropped. */
export async function giveUp(
  context: LambdaContext,
  mapping: MappingRecord,
  given: GivenUpBatch,
): Promise<void> {
  const destination = mapping.settings.DestinationConfig?.OnFailure?.Destination
  const count = given.batch.records.length
  const loss = destination ? await send(context, mapping, given, destination) : undefined
  const isDelivered = destination !== undefined && destination !== '' && loss === undefined
  countEvents(
    context,
    mapping,
    isDelivered ? 'OnFailureDestinationDeliveredEventCount' : 'DroppedEventCount',
    count,
  )
  if (loss !== undefined) console.error(`${loss}: ${destination}`)
}

/** @returns the reason why the record is lost, if it is */
async function send(
  context: LambdaContext,
  mapping: MappingRecord,
  given: GivenUpBatch,
  destination: string,
): Promise<string | undefined> {
  const service = destination.split(':')[2] ?? ''
  const record = recordOf(context, mapping, given)
  try {
    if (service === 's3') {
      await put(context, mapping, given.place, {
        destination,
        record: { ...record, payload: payloadOf(given) },
      })
    } else if (service === 'sqs') context.queues.send(destination, { body: JSON.stringify(record) })
    else
      return 'The record of a batch that failed is lost, since the sandbox sends it to queues and buckets only'
    return undefined
  } catch (error) {
    if (!(error instanceof ServiceError)) throw error
    return `The record of a batch that failed is lost (${error.code}: ${error.message})`
  }
}

/** The record in Lambda's form, version 1.0: it tells where the batch is in the stream, and not its content. */
function recordOf(
  { clock }: LambdaContext,
  { functionArn }: MappingRecord,
  { batch, condition, place, last }: GivenUpBatch,
): object {
  const { records, invocations } = batch
  return {
    requestContext: {
      requestId: last?.requestId ?? randomUUID(),
      functionArn,
      condition,
      approximateInvokeCount: invocations,
    },
    ...(last && {
      responseContext: {
        statusCode: 200,
        executedVersion: last.executedVersion,
        functionError: last.outcome.functionError ?? null,
      },
    }),
    version: '1.0',
    timestamp: new Date(clock()).toISOString(),
    [place.arn.split(':')[2] === 'kinesis' ? 'KinesisBatchInfo' : 'DDBStreamBatchInfo']: {
      shardId: place.shard,
      startSequenceNumber: records[0]?.sequenceNumber,
      endSequenceNumber: records.at(-1)?.sequenceNumber,
      approximateArrivalOfFirstRecord: arrival(records[0]),
      approximateArrivalOfLastRecord: arrival(records.at(-1)),
      batchSize: records.length,
      streamArn: place.arn,
    },
  }
}

function arrival(record: StreamRecord | undefined): string {
  return new Date(record?.arrivedAt ?? 0).toISOString()
}

/** Only a bucket gets the records themselves. */
function payloadOf({ batch }: GivenUpBatch): string {
  return JSON.stringify({ Records: batch.records.map(({ event }) => event) })
}

/** Puts a record into a bucket, under the key that Lambda gives it. @throws ServiceError */
async function put(
  { account, clock, writeObject }: LambdaContext,
  { uuid, region }: MappingRecord,
  { shard }: ShardPlace,
  { destination, record }: { destination: string; record: object },
): Promise<void> {
  const time = new Date(clock()).toISOString()
  const [day, moment] = [time.slice(0, 10), time.slice(0, 19).replaceAll(':', '.')]
  const object = {
    Bucket: destination.split(':').at(-1) ?? '',
    Key: `aws/lambda/${uuid}/${shard}/${day.replaceAll('-', '/')}/${moment}-${randomUUID()}`,
    Body: Buffer.from(JSON.stringify(record)),
    ContentType: 'application/json',
  }
  await writeObject(object, { account, region })
}

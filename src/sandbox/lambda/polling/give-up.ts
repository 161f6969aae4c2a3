import { randomUUID } from 'node:crypto'
import type { ServiceError } from '../../protocol/service-error.ts'
import type { ShardPlace, StreamRecord } from '../../streams/stream-reader.ts'
import { putRecord } from '../invocation/put-record.ts'
import type { LambdaContext } from '../records/context.ts'
import type { MappingRecord } from '../records/mappings.ts'
import type { Ran } from './invoke-mapped.ts'
import { countEvents } from './mapping-metrics.ts'
import type { GivenUp, StreamBatch } from './stream-batch.ts'
import { recordLoss } from './stream-metrics.ts'

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
  if (!loss) return
  recordLoss(context, mapping)
  console.error(`The record of a failed batch is lost (${loss.code}: ${loss.message}): ${destination}`)
}

/** @returns the reason why the record is lost, if it is */
async function send(
  context: LambdaContext,
  { uuid, region, functionArn }: MappingRecord,
  given: GivenUpBatch,
  destination: string,
): Promise<ServiceError | undefined> {
  const record = recordOf(context, functionArn, given)
  if (destination.split(':')[2] !== 's3') {
    return await context.delivery.deliver(destination, { body: JSON.stringify(record) })
  }
  const prefix = `aws/lambda/${uuid}/${given.place.shard}`
  const body = JSON.stringify({ ...record, payload: payloadOf(given) })
  return await putRecord(context, { region, destination, prefix, body })
}

/** The record in Lambda's form, version 1.0: it tells where the batch is in the stream, and not its content. */
function recordOf(
  { clock }: LambdaContext,
  functionArn: string,
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

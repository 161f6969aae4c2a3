import type { CreateEventSourceMappingRequest } from '@aws-sdk/client-lambda'
import { ownEntry } from '../../own-entry.ts'
import { invalidParameter } from '../requests/errors.ts'

/** A kind of event source: its rules and defaults. */
export interface Source {
  kind: 'sqs' | 'kinesis' | 'dynamodb' | 'kafka' | 'mq' | 'docdb'
  batchSize: number
  isStream: boolean
}

const byService: Record<string, Source> = {
  sqs: { kind: 'sqs', batchSize: 10, isStream: false },
  kinesis: { kind: 'kinesis', batchSize: 100, isStream: true },
  dynamodb: { kind: 'dynamodb', batchSize: 100, isStream: true },
  kafka: { kind: 'kafka', batchSize: 100, isStream: false },
  mq: { kind: 'mq', batchSize: 100, isStream: false },
  rds: { kind: 'docdb', batchSize: 100, isStream: false },
}

/** Finds the kind of a source by its ARN; a cluster of one's own has brokers instead. @throws ServiceError 400 */
export function sourceOf({
  EventSourceArn: arn,
  SelfManagedEventSource: own,
  SourceAccessConfigurations: access,
}: Pick<
  CreateEventSourceMappingRequest,
  'EventSourceArn' | 'SelfManagedEventSource' | 'SourceAccessConfigurations'
>): Source {
  if (own && !access) throw invalidParameter("Required 'sourceAccessConfigurations' parameter is missing.")
  const service = arn === undefined ? own && 'kafka' : arn.split(':')[2]
  const source = ownEntry(byService, service ?? '')
  if (!source) throw invalidParameter('Unrecognized event source.')
  return source
}

/** Lambda's texts for sources whose position is wrong. @throws ServiceError 400 */
export function checkPosition(
  { kind, isStream }: Source,
  {
    StartingPosition: position,
    StartingPositionTimestamp: timestamp,
    EventSourceArn: arn,
    SelfManagedEventSource: own,
  }: CreateEventSourceMappingRequest,
): void {
  if (kind === 'sqs' && position !== undefined) {
    throw invalidParameter('StartingPosition is not valid for SQS event sources.')
  }
  if ((isStream || (kind === 'kafka' && !own)) && position === undefined) {
    throw invalidParameter(
      "1 validation error detected: Value null at 'startingPosition' failed to satisfy constraint: Member must not be null.",
    )
  }
  if (kind === 'dynamodb' && position === 'AT_TIMESTAMP') {
    throw invalidParameter(`Unsupported starting position for arn type: ${arn}`)
  }
  if (timestamp !== undefined && position !== 'AT_TIMESTAMP') {
    throw invalidParameter('Timestamp only valid with StartingPosition AT_TIMESTAMP')
  }
  if (kind === 'kinesis' && timestamp !== undefined && timestamp.getTime() < 0) {
    throw invalidParameter(
      'Received Exception while reading from provided stream. class java.lang.Long can not be converted to a Timestamp',
    )
  }
}

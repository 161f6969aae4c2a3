import type { StreamRecord } from '../../streams/stream-reader.ts'
import type { Attributes, ChangeRecord, TableStream } from './table-stream.ts'

/** DynamoDB's name for itself in the records of expired items. */
export const dynamoDbItself = { type: 'Service', principalId: 'dynamodb.amazonaws.com' }

/** A record as Lambda hands it to a function. */
export function changeEvent(
  { region, arn, viewType }: Pick<TableStream, 'region' | 'arn' | 'viewType'>,
  record: ChangeRecord,
): StreamRecord['event'] {
  const { eventId, eventName, sequenceNumber, arrivedAt, size, isExpiry } = record
  return {
    eventID: eventId,
    eventName,
    eventVersion: '1.1',
    eventSource: 'aws:dynamodb',
    awsRegion: region,
    dynamodb: {
      ApproximateCreationDateTime: Math.floor(arrivedAt / 1000),
      ...imagesOf(record),
      SequenceNumber: sequenceNumber,
      SizeBytes: size,
      StreamViewType: viewType,
    },
    eventSourceARN: arn,
    ...(isExpiry && { userIdentity: dynamoDbItself }),
  }
}

/** The keys and images of a record, by the names that DynamoDB has for them. */
export function imagesOf({ keys, newImage, oldImage }: ChangeRecord): Record<string, Attributes> {
  return { Keys: keys, ...(newImage && { NewImage: newImage }), ...(oldImage && { OldImage: oldImage }) }
}

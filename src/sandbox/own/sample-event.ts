import { createHash, randomUUID } from 'node:crypto'
import { changeEvent } from '../dynamodb/streams/change-event.ts'
import { itemFrom } from '../dynamodb/streams/sample-item.ts'
import { busEvent, scheduledEvent } from '../events/rules/event.ts'
import { handlerEvent } from '../http/handler-event.ts'
import { s3Message } from '../s3/notifications/records.ts'
import { functionEvent } from '../sns/topics/forms.ts'

/** The sources of which the sandbox can make an event. */
export type EventSource = 'dynamodb' | 'eventbridge' | 'http' | 'kinesis' | 's3' | 'schedule' | 'sns' | 'sqs'

/** The facts for an event. */
export interface SampleFacts {
  /** The content of the message, the record, the object or the request. */
  body: string
  region: string
  /** Milliseconds since the epoch. */
  time: number
}

const account = '000000000000'

/**
 * An event as Lambda gets it from a source that does not exist: of one message, one record, one object or one
 * request.
 */
export function sampleEvent(source: EventSource, facts: SampleFacts): object {
  return events[source](facts)
}

const events: Record<EventSource, (facts: SampleFacts) => object> = {
  dynamodb({ body, region, time }) {
    const arn = `arn:aws:dynamodb:${region}:${account}:table/sample/stream/2026-01-01T00:00:00.000`
    const item = { id: { S: 'sample' }, ...itemFrom(body) }
    const record = {
      eventId: randomUUID().replaceAll('-', ''),
      eventName: 'INSERT' as const,
      keys: { id: item.id },
      newImage: item,
      size: Buffer.byteLength(body),
      sequenceNumber: `1${String(time).padStart(20, '0')}`,
      arrivedAt: time,
    }
    return { Records: [changeEvent({ region, arn, viewType: 'NEW_AND_OLD_IMAGES' }, record)] }
  },
  eventbridge: ({ body, region, time }) =>
    busEvent({ region, account }, { source: 'sandbox', detailType: 'Sample', detail: parsed(body) }, time),
  http: ({ body, region, time }) =>
    handlerEvent(
      {
        method: 'POST',
        path: '/',
        queryString: '',
        headers: { 'content-type': 'application/json', host: '127.0.0.1', 'user-agent': 'lambdactl' },
        body: Buffer.from(body),
        sourceAddress: '127.0.0.1',
      },
      {
        id: 'sample',
        accountId: account,
        domainName: `sample.execute-api.${region}.amazonaws.com`,
        routeKey: '$default',
        stage: '$default',
        requestId: randomUUID(),
        now: time,
        authorizer: undefined,
      },
    ),
  s3: ({ body, region, time }) =>
    s3Message(
      { id: 'sample' },
      {
        bucket: { name: 'sample', region, created: time },
        event: {
          name: 'ObjectCreated:Put',
          key: 'sample.json',
          version: {
            size: Buffer.byteLength(body),
            etag: createHash('md5').update(body).digest('hex'),
          },
          by: { account, requestId: randomUUID() },
        },
        time,
        sequencer: time.toString(16).toUpperCase().padStart(18, '0'),
      },
    ),
  // The content of a file is the input that the target of the schedule has.
  schedule: ({ body, region, time }) =>
    body === '{}'
      ? scheduledEvent({ arn: `arn:aws:events:${region}:${account}:rule/sample`, region, account }, time)
      : (Object(parsed(body)) as object),
  sns({ body, region, time }) {
    const topicArn = `arn:aws:sns:${region}:${account}:sample`
    const message = { id: randomUUID(), subject: undefined, attributes: undefined, publishedAt: time }
    return functionEvent(
      { topicArn, arn: `${topicArn}:${randomUUID()}` },
      { ...message, textFor: () => body },
    )
  },
  sqs: ({ body, region, time }) => ({
    Records: [
      {
        messageId: randomUUID(),
        receiptHandle: Buffer.from(randomUUID()).toString('base64'),
        body,
        attributes: {
          ApproximateReceiveCount: '1',
          SentTimestamp: String(time - 20),
          SenderId: 'AIDASANDBOX',
          ApproximateFirstReceiveTimestamp: String(time),
        },
        messageAttributes: {},
        md5OfBody: createHash('md5').update(body).digest('hex'),
        eventSource: 'aws:sqs',
        eventSourceARN: `arn:aws:sqs:${region}:${account}:sample`,
        awsRegion: region,
      },
    ],
  }),
  kinesis: ({ body, region, time }) => {
    const number = `49${String(time).padStart(53, '0')}2`
    return {
      Records: [
        {
          kinesis: {
            kinesisSchemaVersion: '1.0',
            partitionKey: 'sample',
            sequenceNumber: number,
            data: Buffer.from(body).toString('base64'),
            approximateArrivalTimestamp: time / 1000,
          },
          eventSource: 'aws:kinesis',
          eventVersion: '1.0',
          eventID: `shardId-000000000000:${number}`,
          eventName: 'aws:kinesis:record',
          invokeIdentityArn: `arn:aws:iam::${account}:role/sample`,
          awsRegion: region,
          eventSourceARN: `arn:aws:kinesis:${region}:${account}:stream/sample`,
        },
      ],
    }
  },
}

/** A content that is no JSON goes in as text. */
function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return text
  }
}

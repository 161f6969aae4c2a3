import { createHash, randomUUID } from 'node:crypto'

/** The sources of which the sandbox can make an event. */
export type EventSource = 'sqs'

/** The facts for an event. */
export interface SampleFacts {
  /** The content of the message. */
  body: string
  region: string
  /** Milliseconds since the epoch. */
  time: number
}

const account = '000000000000'

/** An event as Lambda gets it from a source, with one message of a queue that does not exist. */
export function sampleEvent(source: EventSource, facts: SampleFacts): object {
  return events[source](facts)
}

const events: Record<EventSource, (facts: SampleFacts) => object> = {
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
}

import { DynamoDBClient, PutItemCommand } from '@aws-sdk/client-dynamodb'
import type { KinesisStreamBatchResponse, KinesisStreamEvent, KinesisStreamRecord } from 'aws-lambda'

interface Click {
  page: string
  visitor: string
}

const dynamoDb = new DynamoDBClient()

/** Stores the clicks of a batch in their order. The first that fails comes back with all after it. */
export async function handler({ Records }: KinesisStreamEvent): Promise<KinesisStreamBatchResponse> {
  for (const [index, record] of Records.entries()) {
    try {
      await store(record)
    } catch (error) {
      const { sequenceNumber } = record.kinesis
      console.error({ message: 'click failed', sequenceNumber, reason: String(error) })
      // The alarms count the errors of invocations, and see no single record.
      if (index === 0) throw error
      return { batchItemFailures: [{ itemIdentifier: sequenceNumber }] }
    }
  }
  return { batchItemFailures: [] }
}

/** A stream delivers at least once: the same record again writes the same item. */
async function store({ eventID, kinesis }: KinesisStreamRecord): Promise<void> {
  const { page, visitor } = parseClick(Buffer.from(kinesis.data, 'base64').toString())
  await dynamoDb.send(
    new PutItemCommand({
      TableName: process.env.TABLE,
      Item: { id: { S: eventID }, page: { S: page }, visitor: { S: visitor } },
    }),
  )
  console.info({ message: 'click stored', click: eventID, page })
}

/** @throws Error for a text that is no click */
function parseClick(text: string): Click {
  const { page, visitor } = JSON.parse(text) as Partial<Click>
  if (typeof page !== 'string' || !page.startsWith('/')) throw new Error('expected a click on a page')
  if (typeof visitor !== 'string' || visitor === '') throw new Error('expected the visitor of a click')
  return { page, visitor }
}

import { DynamoDBClient, PutItemCommand } from '@aws-sdk/client-dynamodb'
import type { DynamoDBBatchResponse, DynamoDBRecord, DynamoDBStreamEvent } from 'aws-lambda'

const dynamoDb = new DynamoDBClient()

/** Keeps the changes of a batch in their order. The first that fails comes back with all after it. */
export async function handler({ Records }: DynamoDBStreamEvent): Promise<DynamoDBBatchResponse> {
  for (const [index, record] of Records.entries()) {
    const sequence = record.dynamodb?.SequenceNumber ?? ''
    try {
      await keep(record, sequence)
    } catch (error) {
      console.error({ message: 'change failed', sequence, reason: String(error) })
      // The alarms count the errors of invocations, and see no single change.
      if (index === 0) throw error
      return { batchItemFailures: [{ itemIdentifier: sequence }] }
    }
  }
  return { batchItemFailures: [] }
}

/** A stream delivers at least once: the same change again writes the same item. */
async function keep({ dynamodb, eventName = 'MODIFY' }: DynamoDBRecord, sequence: string): Promise<void> {
  const order = dynamodb?.Keys?.id?.S
  if (order === undefined || sequence === '') throw new Error('expected a change of an order')
  const before = dynamodb?.OldImage?.status?.S ?? 'none'
  const after = dynamodb?.NewImage?.status?.S ?? 'none'
  if (before === after) return
  await dynamoDb.send(
    new PutItemCommand({
      TableName: process.env.TABLE,
      Item: {
        id: { S: `${order}#${sequence}` },
        order: { S: order },
        change: { S: eventName },
        before: { S: before },
        after: { S: after },
      },
    }),
  )
  console.info({ message: 'change kept', order, before, after })
}

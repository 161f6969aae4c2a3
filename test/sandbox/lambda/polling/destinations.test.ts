import { InvokeCommand, PutFunctionEventInvokeConfigCommand } from '@aws-sdk/client-lambda'
import { expect, test } from 'vitest'
import { createActive } from '../sandbox.ts'
import { startPolled } from './polled.ts'

test('an event that failed leaves its record and its dead letter in queues', async () => {
  const polled = await startPolled()
  const { client, executor, make, attributes, receive } = polled
  const [dead, failed] = [await make(), await make()]
  const arnOfQueue = async (url: string) => (await attributes(url))['QueueArn'] ?? ''
  await createActive(client, 'shop', { DeadLetterConfig: { TargetArn: await arnOfQueue(dead) } })
  const Destination = await arnOfQueue(failed)
  await client.send(
    new PutFunctionEventInvokeConfigCommand({
      FunctionName: 'shop',
      MaximumRetryAttempts: 0,
      DestinationConfig: { OnFailure: { Destination } },
    }),
  )
  const payload = Buffer.from('{"errorMessage":"no stock"}')
  executor.answer = () => ({ payload, functionError: 'Unhandled', logTail: '' })
  const sent = { FunctionName: 'shop', InvocationType: 'Event', Payload: '{"id":7}' } as const
  const { $metadata } = await client.send(new InvokeCommand(sent))
  const asked = { MessageAttributeNames: ['All'], WaitTimeSeconds: 20 }
  const [letter] = await receive(dead, asked)
  expect(letter).toMatchObject({
    Body: '{"id":7}',
    MessageAttributes: {
      RequestID: { DataType: 'String', StringValue: $metadata.requestId },
      ErrorCode: { DataType: 'Number', StringValue: '200' },
      ErrorMessage: { DataType: 'String', StringValue: 'no stock' },
    },
  })
  const [record] = await receive(failed, asked)
  expect(JSON.parse(record?.Body ?? '')).toMatchObject({
    requestContext: { condition: 'RetriesExhausted' },
    requestPayload: { id: 7 },
  })
})

import { PutItemCommand } from '@aws-sdk/client-dynamodb'
import { CreateEventSourceMappingCommand, GetEventSourceMappingCommand } from '@aws-sdk/client-lambda'
import { expect, onTestFinished, test } from 'vitest'
import { createClock } from '../../../src/sandbox/clock.ts'
import { dynamoDbService } from '../../../src/sandbox/dynamodb/service.ts'
import { account, arnOf, createActive, startLambda } from '../lambda/sandbox.ts'
import { serve } from '../serve.ts'
import { clientsOf, shortcuts } from './running-tables.ts'

const speed = 50

/** Lambda with a function that answers all, and DynamoDB, on one clock. */
async function start() {
  const clock = createClock(speed)
  const tables = dynamoDbService({ clock: clock.now, pace: clock })
  const served = await serve([tables.service], account)
  const clients = clientsOf(served.endpoint)
  onTestFinished(async () => {
    clients.client.destroy()
    clients.streams.destroy()
    tables.close()
    await served.close()
  })
  const lambda = await startLambda({ clock: clock.now, pace: clock, streams: { dynamodb: tables.reader } })
  await createActive(lambda.client, 'worker')
  const events = () =>
    lambda.executor.invocations.map(
      ({ invocation }) => JSON.parse(Buffer.from(invocation.payload).toString()) as { Records: object[] },
    )
  return { ...clients, ...shortcuts(clients), lambda: lambda.client, feeds: lambda.lambda.feeds, events }
}

test('a mapping hands the changes that fit its filter to the function, as Lambda does', async () => {
  const { make, put, client, lambda, events, feeds } = await start()
  const { TableName, StreamArn } = await make('NEW_AND_OLD_IMAGES')
  await put(TableName, 'a', { status: { S: 'placed' } })
  const map = (EventSourceArn: string) =>
    new CreateEventSourceMappingCommand({
      FunctionName: 'worker',
      EventSourceArn,
      StartingPosition: 'TRIM_HORIZON',
      FilterCriteria: {
        Filters: [{ Pattern: JSON.stringify({ dynamodb: { NewImage: { status: { S: ['paid'] } } } }) }],
      },
    })
  await expect(lambda.send(map(`${StreamArn}-other`))).rejects.toThrow('Stream not found')
  const { UUID } = await lambda.send(map(StreamArn))
  const bytes = { B: Uint8Array.from([0, 255]) }
  await client.send(new PutItemCommand({ TableName, Item: { id: { S: 'a' }, status: { S: 'paid' }, bytes } }))
  await expect.poll(() => events().length, { interval: 10 }).toBe(1)
  expect(events()[0]?.Records).toEqual([
    {
      eventID: expect.any(String) as string,
      eventName: 'MODIFY',
      eventVersion: '1.1',
      eventSource: 'aws:dynamodb',
      awsRegion: 'eu-west-1',
      dynamodb: {
        ApproximateCreationDateTime: expect.any(Number) as number,
        Keys: { id: { S: 'a' } },
        OldImage: { id: { S: 'a' }, status: { S: 'placed' } },
        NewImage: { id: { S: 'a' }, status: { S: 'paid' }, bytes: { B: 'AP8=' } },
        SequenceNumber: expect.any(String) as string,
        SizeBytes: expect.any(Number) as number,
        StreamViewType: 'NEW_AND_OLD_IMAGES',
      },
      eventSourceARN: StreamArn,
    },
  ])
  const result = async () =>
    (await lambda.send(new GetEventSourceMappingCommand({ UUID }))).LastProcessingResult
  await expect.poll(result, { interval: 10 }).toBe('OK')

  const feed = async (content: string) => await feeds['dynamodb']?.(arnOf('worker'), content)
  expect(await feed('{"status": "paid", "lines": [{"n": 2}]}')).toEqual({
    through: StreamArn,
    sent: {
      item: {
        id: { S: expect.stringMatching(/^sample-/) as string },
        status: { S: 'paid' },
        lines: { L: [{ M: { n: { N: '2' } } }] },
      },
    },
  })
  await expect.poll(() => events().length, { interval: 10 }).toBe(2)
  expect(events()[1]?.Records).toMatchObject([{ eventName: 'INSERT' }])
  await expect(feed('7')).rejects.toThrow('its content is no JSON object')
  await expect(feed('{"id": 7}')).rejects.toThrow('Type mismatch for key id')
})

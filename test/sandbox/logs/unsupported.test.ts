import {
  CreateLogGroupCommand,
  DescribeLogGroupsCommand,
  GetQueryResultsCommand,
  ListLogGroupsCommand,
  PutLogEventsCommand,
  PutMetricFilterCommand,
  PutSubscriptionFilterCommand,
} from '@aws-sdk/client-cloudwatch-logs'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type RunningLogs, runLogs } from './running-logs.ts'

const logGroupName = 'shop'
let logs: RunningLogs
beforeAll(async () => {
  logs = await runLogs()
  await logs.client.send(new CreateLogGroupCommand({ logGroupName }))
})
afterAll(() => logs.close())

const metricTransformations = [{ metricName: 'a', metricNamespace: 'b', metricValue: '1' }]
const filter = { logGroupName, filterName: 'f', filterPattern: '' }
const destinationArn = 'arn:aws:lambda:eu-west-1:123456789012:function:reader'

test.each<[string, () => Promise<unknown>]>([
  [
    'the parameter entity',
    () =>
      logs.client.send(
        new PutLogEventsCommand({
          logGroupName,
          logStreamName: 's',
          logEvents: [{ timestamp: 1, message: 'x' }],
          entity: { keyAttributes: { Name: 'shop', Type: 'Service' } },
        }),
      ),
  ],
  [
    'accountIdentifiers',
    () => logs.client.send(new DescribeLogGroupsCommand({ accountIdentifiers: ['999999999999'] })),
  ],
  ['by index', () => logs.client.send(new ListLogGroupsCommand({ fieldIndexNames: ['a'] }))],
  [
    'applyOnTransformedLogs',
    () =>
      logs.client.send(
        new PutMetricFilterCommand({ ...filter, metricTransformations, applyOnTransformedLogs: true }),
      ),
  ],
  [
    'system fields',
    () =>
      logs.client.send(
        new PutSubscriptionFilterCommand({ ...filter, destinationArn, emitSystemFields: ['@aws.region'] }),
      ),
  ],
  ['pages of results', () => logs.client.send(new GetQueryResultsCommand({ queryId: 'q', maxItems: 1 }))],
])('%s is told to be absent, not dropped', async (what, send) => {
  await expect(send()).rejects.toMatchObject({
    name: 'NotImplemented',
    message: expect.stringContaining(what) as string,
    $metadata: { httpStatusCode: 501 },
  })
})

test('a distribution that there is not is refused', async () => {
  const input = { ...filter, destinationArn, distribution: 'Anyhow' as 'Random' }
  await expect(logs.client.send(new PutSubscriptionFilterCommand(input))).rejects.toThrow(
    "Value 'Anyhow' at 'distribution'",
  )
})

import { gunzipSync } from 'node:zlib'
import {
  CreateLogGroupCommand,
  DeleteSubscriptionFilterCommand,
  DescribeSubscriptionFiltersCommand,
  PutSubscriptionFilterCommand,
  type PutSubscriptionFilterCommandInput,
} from '@aws-sdk/client-cloudwatch-logs'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { Caller } from '../../../src/sandbox/functions.ts'
import { type RunningLogs, runLogs } from './running-logs.ts'

const logGroupName = '/aws/lambda/shop'
const destinationArn = 'arn:aws:lambda:eu-west-1:123456789012:function:reader'
let logs: RunningLogs
let sent: { arn: string; event: object }[]
let callers: Caller[]
let isAllowed: boolean
beforeEach(async () => {
  sent = []
  callers = []
  isAllowed = true
  logs = await runLogs({
    functions: {
      allows: async (_arn, caller) => {
        callers.push(caller)
        return isAllowed
      },
      send: async (arn, event) => {
        sent.push({ arn, event })
      },
    },
  })
  await logs.client.send(new CreateLogGroupCommand({ logGroupName }))
})
afterEach(() => logs.close())

const put = (changes: Partial<PutSubscriptionFilterCommandInput> = {}) =>
  logs.client.send(
    new PutSubscriptionFilterCommand({
      logGroupName,
      filterName: 'test',
      filterPattern: 'ERROR',
      destinationArn,
      ...changes,
    }),
  )
const describeAll = async () =>
  (await logs.client.send(new DescribeSubscriptionFiltersCommand({ logGroupName }))).subscriptionFilters

test('a function gets the lines that match, gzipped', async () => {
  await put()
  const messages = ['an ERROR', 'fine', 'ERROR again']
  logs.sink.write(
    'eu-west-1',
    logGroupName,
    'one',
    messages.map((message) => ({ timestamp: logs.clock.now, message })),
  )
  expect(sent.map(({ arn }) => arn)).toEqual([destinationArn])
  const { awslogs } = (sent[0]?.event ?? {}) as { awslogs?: { data: string } }
  const id = expect.stringMatching(/^\d{56}$/) as string
  expect(JSON.parse(gunzipSync(Buffer.from(awslogs?.data ?? '', 'base64')).toString())).toEqual({
    messageType: 'DATA_MESSAGE',
    owner: '123456789012',
    logGroup: logGroupName,
    logStream: 'one',
    subscriptionFilters: ['test'],
    logEvents: [
      { id, timestamp: logs.clock.now, message: 'an ERROR' },
      { id, timestamp: logs.clock.now, message: 'ERROR again' },
    ],
  })
})

test('filters are described, and deleted once', async () => {
  expect(await describeAll()).toEqual([])
  await put()
  await put({ filterPattern: '[]' })
  expect(await describeAll()).toEqual([
    {
      applyOnTransformedLogs: false,
      creationTime: logs.clock.now,
      destinationArn,
      distribution: 'ByLogStream',
      filterName: 'test',
      filterPattern: '[]',
      logGroupName,
    },
  ])
  const gone = { logGroupName, filterName: 'test' }
  await logs.client.send(new DeleteSubscriptionFilterCommand(gone))
  await expect(logs.client.send(new DeleteSubscriptionFilterCommand(gone))).rejects.toMatchObject({
    name: 'ResourceNotFoundException',
    message: 'The specified subscription filter does not exist.',
  })
})

test('a group has at most two', async () => {
  await put()
  await put({ filterName: 'second' })
  await expect(put({ filterName: 'third' })).rejects.toMatchObject({
    name: 'LimitExceededException',
    message: 'Resource limit exceeded.',
  })
})

test('a function has to allow it', async () => {
  isAllowed = false
  await expect(put()).rejects.toMatchObject({
    name: 'InvalidParameterException',
    message:
      'Could not execute the lambda function. Make sure you have given CloudWatch Logs permission to execute your function.',
  })
  expect(callers).toEqual([
    {
      principals: ['logs.amazonaws.com', 'logs.eu-west-1.amazonaws.com'],
      sourceArn: 'arn:aws:logs:eu-west-1:123456789012:log-group:/aws/lambda/shop:*',
    },
  ])
})

test.each([
  [destinationArn.replace('123456789012', '999999999999'), 'AccessDeniedException', 'Cross-account lambda'],
  [
    'arn:aws:kinesis:eu-west-1:123456789012:stream/lines',
    'InvalidParameterException',
    'destinationArn for vendor kinesis cannot be used without roleArn',
  ],
])('the destination %s is refused', async (arn, name, message) => {
  await expect(put({ destinationArn: arn })).rejects.toMatchObject({
    name,
    message: expect.stringContaining(message) as string,
  })
})

test('another kind of destination is told to be absent', async () => {
  const destination = {
    destinationArn: 'arn:aws:kinesis:eu-west-1:123456789012:stream/lines',
    roleArn: 'arn:aws:iam::123456789012:role/writer',
  }
  await expect(put(destination)).rejects.toMatchObject({ $metadata: { httpStatusCode: 501 } })
})

import {
  CreateLogGroupCommand,
  CreateLogStreamCommand,
  DeleteLogGroupCommand,
  DeleteLogStreamCommand,
  DeleteRetentionPolicyCommand,
  DescribeLogGroupsCommand,
  type DescribeLogGroupsCommandInput,
  DescribeLogStreamsCommand,
  type DescribeLogStreamsCommandInput,
  FilterLogEventsCommand,
  PutRetentionPolicyCommand,
} from '@aws-sdk/client-cloudwatch-logs'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { type RunningLogs, runLogs } from './running-logs.ts'

let logs: RunningLogs
beforeEach(async () => {
  logs = await runLogs()
})
afterEach(() => logs.close())

const logGroupName = '/aws/lambda/shop'

const createGroup = (name = logGroupName) =>
  logs.client.send(new CreateLogGroupCommand({ logGroupName: name }))
const createStream = (logStreamName: string) =>
  logs.client.send(new CreateLogStreamCommand({ logGroupName, logStreamName }))

async function groupNames(input: DescribeLogGroupsCommandInput = {}) {
  const { logGroups } = await logs.client.send(new DescribeLogGroupsCommand(input))
  return logGroups?.map((group) => group.logGroupName)
}

async function streamNames(input: Partial<DescribeLogStreamsCommandInput> = {}) {
  const { logStreams } = await logs.client.send(new DescribeLogStreamsCommand({ logGroupName, ...input }))
  return logStreams?.map((stream) => stream.logStreamName)
}

describe('log groups', () => {
  test('are described in the order of names, by prefix or by a part of the name', async () => {
    for (const name of ['/b/one', '/a/two', '/a/One']) await createGroup(name)
    expect(await groupNames()).toEqual(['/a/One', '/a/two', '/b/one'])
    expect(await groupNames({ logGroupNamePrefix: '/a/' })).toEqual(['/a/One', '/a/two'])
    expect(await groupNames({ logGroupNamePattern: 'one' })).toEqual(['/a/One', '/b/one'])
  })

  test('have the ARN of the Region that asks, with and without :*', async () => {
    await createGroup()
    const { logGroups } = await logs.client.send(new DescribeLogGroupsCommand({}))
    expect(logGroups?.[0]).toMatchObject({
      arn: 'arn:aws:logs:eu-west-1:123456789012:log-group:/aws/lambda/shop:*',
      logGroupArn: 'arn:aws:logs:eu-west-1:123456789012:log-group:/aws/lambda/shop',
      creationTime: logs.clock.now,
    })
  })

  test('are paged', async () => {
    for (const name of ['a', 'b', 'c']) await createGroup(name)
    const first = await logs.client.send(new DescribeLogGroupsCommand({ limit: 2 }))
    expect(await groupNames({ limit: 2, nextToken: first.nextToken })).toEqual(['c'])
  })

  test('are neither hidden nor shown twice when another goes between two pages', async () => {
    for (const name of ['a', 'b', 'c', 'd']) await createGroup(name)
    const { nextToken } = await logs.client.send(new DescribeLogGroupsCommand({ limit: 2 }))
    for (const name of ['a', 'b']) await logs.client.send(new DeleteLogGroupCommand({ logGroupName: name }))
    expect(await groupNames({ limit: 2, nextToken })).toEqual(['c', 'd'])
  })

  test('have a retention that can be set and removed', async () => {
    await createGroup()
    await logs.client.send(new PutRetentionPolicyCommand({ logGroupName, retentionInDays: 14 }))
    const set = await logs.client.send(new DescribeLogGroupsCommand({}))
    expect(set.logGroups?.[0]?.retentionInDays).toBe(14)
    await logs.client.send(new DeleteRetentionPolicyCommand({ logGroupName }))
    const removed = await logs.client.send(new DescribeLogGroupsCommand({}))
    expect(removed.logGroups?.[0]?.retentionInDays).toBeUndefined()
    const odd = logs.client.send(new PutRetentionPolicyCommand({ logGroupName, retentionInDays: 2 }))
    await expect(odd).rejects.toMatchObject({ name: 'InvalidParameterException' })
  })

  test('exist once', async () => {
    await createGroup()
    await expect(createGroup()).rejects.toMatchObject({
      name: 'ResourceAlreadyExistsException',
      message: 'The specified log group already exists',
    })
  })

  test('are gone once deleted', async () => {
    await createGroup()
    await logs.client.send(new DeleteLogGroupCommand({ logGroupName }))
    await expect(streamNames()).rejects.toMatchObject({
      name: 'ResourceNotFoundException',
      message: 'The specified log group does not exist.',
    })
  })

  test('have no spaces in their names', async () => {
    await expect(createGroup('my group')).rejects.toThrow("Value 'my group' at 'logGroupName'")
  })

  test('are made by the sink where they are missing', async () => {
    logs.sink.write('eu-west-1', logGroupName, '2026/11/21/[1]abc', [
      { timestamp: logs.clock.now, message: 'hello' },
    ])
    expect(await groupNames()).toEqual([logGroupName])
    expect(await streamNames()).toEqual(['2026/11/21/[1]abc'])
  })
})

describe('log streams', () => {
  test('are described by name, or with the newest event last or first', async () => {
    const at = (offset: number) => [{ timestamp: logs.clock.now + offset, message: 'line' }]
    logs.sink.write('eu-west-1', logGroupName, 'a', at(3))
    logs.sink.write('eu-west-1', logGroupName, 'b', at(1))
    logs.sink.write('eu-west-1', logGroupName, 'c', at(2))
    expect(await streamNames()).toEqual(['a', 'b', 'c'])
    expect(await streamNames({ orderBy: 'LastEventTime' })).toEqual(['b', 'c', 'a'])
    expect(await streamNames({ orderBy: 'LastEventTime', descending: true, limit: 1 })).toEqual(['a'])
    expect(await streamNames({ logStreamNamePrefix: 'b' })).toEqual(['b'])
    const newest = { logGroupName, orderBy: 'LastEventTime' as const, descending: true, limit: 2 }
    const { nextToken } = await logs.client.send(new DescribeLogStreamsCommand(newest))
    expect(await streamNames({ ...newest, nextToken })).toEqual(['b'])
  })

  test('cannot be ordered by time and filtered by prefix at once', async () => {
    await createGroup()
    const both = streamNames({ orderBy: 'LastEventTime', logStreamNamePrefix: 'a' })
    await expect(both).rejects.toThrow('Cannot order by LastEventTime with a logStreamNamePrefix.')
  })

  test('take their events with them', async () => {
    await createGroup()
    await createStream('one')
    await expect(createStream('one')).rejects.toThrow('The specified log stream already exists')
    logs.sink.write('eu-west-1', logGroupName, 'one', [{ timestamp: logs.clock.now, message: 'line' }])
    await logs.client.send(new DeleteLogStreamCommand({ logGroupName, logStreamName: 'one' }))
    const { events } = await logs.client.send(new FilterLogEventsCommand({ logGroupName }))
    expect(events).toEqual([])
    const again = logs.client.send(new DeleteLogStreamCommand({ logGroupName, logStreamName: 'one' }))
    await expect(again).rejects.toMatchObject({
      name: 'ResourceNotFoundException',
      message: 'The specified log stream does not exist.',
    })
  })
})

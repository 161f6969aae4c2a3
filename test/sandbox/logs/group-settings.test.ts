import {
  AssociateKmsKeyCommand,
  CreateLogGroupCommand,
  type CreateLogGroupCommandInput,
  DeleteLogGroupCommand,
  DescribeLogGroupsCommand,
  DescribeLogStreamsCommand,
  DisassociateKmsKeyCommand,
  FilterLogEventsCommand,
  ListLogGroupsCommand,
  ListTagsForResourceCommand,
  ListTagsLogGroupCommand,
  PutLogGroupDeletionProtectionCommand,
  TagLogGroupCommand,
  TagResourceCommand,
  UntagLogGroupCommand,
  UntagResourceCommand,
} from '@aws-sdk/client-cloudwatch-logs'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type RunningLogs, runLogs } from './running-logs.ts'

let logs: RunningLogs
beforeAll(async () => {
  logs = await runLogs()
})
afterAll(() => logs.close())

const arn = (name: string) => `arn:aws:logs:eu-west-1:123456789012:log-group:${name}`
const create = (logGroupName: string, settings: Partial<CreateLogGroupCommandInput> = {}) =>
  logs.client.send(new CreateLogGroupCommand({ logGroupName, ...settings }))

async function described(logGroupNamePrefix: string) {
  const { logGroups } = await logs.client.send(new DescribeLogGroupsCommand({ logGroupNamePrefix }))
  return logGroups?.[0]
}

test('a group keeps its key, its class and its protection', async () => {
  const kmsKeyId = 'arn:aws:kms:eu-west-1:123456789012:key/one'
  await create('secret', { kmsKeyId, logGroupClass: 'INFREQUENT_ACCESS', deletionProtectionEnabled: true })
  expect(await described('secret')).toMatchObject({
    kmsKeyId,
    logGroupClass: 'INFREQUENT_ACCESS',
    deletionProtectionEnabled: true,
    metricFilterCount: 0,
    storedBytes: 0,
  })
  const logGroupName = 'secret'
  await logs.client.send(new DisassociateKmsKeyCommand({ logGroupName }))
  expect(await described('secret')).not.toHaveProperty('kmsKeyId')
  await logs.client.send(new AssociateKmsKeyCommand({ logGroupName, kmsKeyId }))
  expect(await described('secret')).toMatchObject({ kmsKeyId })
  await expect(logs.client.send(new DeleteLogGroupCommand({ logGroupName }))).rejects.toThrow('protection')
  await logs.client.send(
    new PutLogGroupDeletionProtectionCommand({
      logGroupIdentifier: arn('secret'),
      deletionProtectionEnabled: false,
    }),
  )
  await logs.client.send(new DeleteLogGroupCommand({ logGroupName }))
})

test('the tags of a group are the same by its name and by its ARN', async () => {
  const [logGroupName, resourceArn] = ['tagged', arn('tagged')]
  await create(logGroupName, { tags: { env: 'testing1' } })
  await logs.client.send(new TagResourceCommand({ resourceArn, tags: { test1: 'val1', test2: 'val2' } }))
  await logs.client.send(new TagLogGroupCommand({ logGroupName, tags: { test3: 'val3' } }))
  const all = { env: 'testing1', test1: 'val1', test2: 'val2', test3: 'val3' }
  expect((await logs.client.send(new ListTagsForResourceCommand({ resourceArn }))).tags).toEqual(all)
  expect((await logs.client.send(new ListTagsLogGroupCommand({ logGroupName }))).tags).toEqual(all)
  await logs.client.send(new UntagLogGroupCommand({ logGroupName, tags: ['env'] }))
  await logs.client.send(new UntagResourceCommand({ resourceArn, tagKeys: ['test1', 'test3'] }))
  expect((await logs.client.send(new ListTagsForResourceCommand({ resourceArn }))).tags).toEqual({
    test2: 'val2',
  })
  const starred = logs.client.send(new ListTagsForResourceCommand({ resourceArn: `${resourceArn}:*` }))
  await expect(starred).rejects.toMatchObject({
    name: 'InvalidParameterException',
    message: expect.stringContaining("at 'resourceArn' failed to satisfy constraint") as string,
  })
})

test('a group that is refused for its tags is not made', async () => {
  const tags = Object.fromEntries(Array.from({ length: 51 }, (_, index) => [`key${index}`, 'value']))
  await expect(create('too-many-tags', { tags })).rejects.toMatchObject({
    name: 'InvalidParameterException',
    message: expect.stringContaining("at 'tags' failed to satisfy constraint") as string,
  })
  expect(await described('too-many-tags')).toBeUndefined()
})

test('groups are listed by parts of their names and by their tags', async () => {
  await create('/aws/lambda/listed-one', { tags: { team: 'shop' } })
  await create('/aws/lambda/listed-two')
  await create('/other/listed-one')
  const names = async (input: object) => {
    const { logGroups } = await logs.client.send(new ListLogGroupsCommand(input))
    return logGroups?.map(({ logGroupName }) => logGroupName)
  }
  expect(await names({ logGroupNamePattern: '^/aws/lambda|two' })).toEqual([
    '/aws/lambda/listed-one',
    '/aws/lambda/listed-two',
  ])
  expect(
    await names({ logGroupNamePattern: 'listed', logGroupTags: [{ key: 'team', values: ['shop'] }] }),
  ).toEqual(['/aws/lambda/listed-one'])
  expect(await names({ logGroupTags: [{ key: 'constructor' }] })).toEqual([])
  expect(await names({ logGroupNamePattern: 'nothing' })).toEqual([])
  await expect(names({ logGroupNamePattern: 'ab' })).rejects.toThrow("Value 'ab' at 'logGroupNamePattern'")
})

describe('a refusal has the words of AWS:', () => {
  test('a name that is too long', async () => {
    await expect(create('x'.repeat(513))).rejects.toMatchObject({
      name: 'InvalidParameterException',
      message: 'Invalid LogGroup or LogStream, both must have length less than or equal to 512.',
    })
  })

  test.each([
    [10_001, 'Member must have value less than or equal to 10000'],
    [0, 'Member must have value greater than or equal to 1'],
  ])('a limit of %d', async (limit, rule) => {
    await create(`limit-${limit}`)
    const read = logs.client.send(new FilterLogEventsCommand({ logGroupName: `limit-${limit}`, limit }))
    await expect(read).rejects.toThrow(
      `1 validation error detected: Value '${limit}' at 'limit' failed to satisfy constraint: ${rule}`,
    )
  })

  test('an order that there is not', async () => {
    await create('ordered')
    const input = { logGroupName: 'ordered', orderBy: 'Size' as 'LogStreamName' }
    await expect(logs.client.send(new DescribeLogStreamsCommand(input))).rejects.toThrow(
      "Value 'Size' at 'orderBy' failed to satisfy constraint: Member must satisfy enum value set: [LogStreamName, LastEventTime]",
    )
  })
})

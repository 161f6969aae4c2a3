import {
  AddPermissionCommand,
  CreateEventSourceMappingCommand,
  CreateFunctionUrlConfigCommand,
  GetEventSourceMappingCommand,
  GetPolicyCommand,
  UpdateEventSourceMappingCommand,
} from '@aws-sdk/client-lambda'
import { expect, test } from 'vitest'
import { runTo } from './cli.ts'
import { useSandbox } from './sandbox.ts'
import { makeService } from './service.ts'

const sandbox = useSandbox()

const arn = (service: string, rest: string) => `arn:aws:${service}:eu-west-1:123456789012:${rest}`

/** Lets a queue invoke a function. @returns the mapping's id */
async function map(FunctionName: string, queue: string): Promise<string> {
  const made = await sandbox().lambda.send(
    new CreateEventSourceMappingCommand({ FunctionName, EventSourceArn: arn('sqs', queue) }),
  )
  return made.UUID ?? ''
}

/** The qualifier and the state of a mapping, by the SDK. */
async function seen(UUID: string): Promise<string[]> {
  const { FunctionArn = '', State = '' } = await sandbox().lambda.send(
    new GetEventSourceMappingCommand({ UUID }),
  )
  return [FunctionArn.split(':')[7] ?? '$LATEST', State]
}

const on = ['hello', '-e', 'test']

test('list has the callers of each qualifier, without control characters of others', async () => {
  const service = await makeService()
  const place = await sandbox().deployFirst(service)
  const { lambda } = sandbox()
  const FunctionName = service.lambdaName
  const uuid = await map(FunctionName, 'orders')
  await map(`${FunctionName}:live`, 'returns')
  await map(`${FunctionName}:1`, 'jobs')
  await lambda.send(
    new AddPermissionCommand({
      FunctionName,
      Qualifier: '1',
      StatementId: 'news',
      Action: 'lambda:InvokeFunction',
      Principal: 'sns.amazonaws.com',
      SourceArn: arn('sns', 'news'),
    }),
  )
  await lambda.send(new CreateFunctionUrlConfigCommand({ FunctionName, AuthType: 'NONE' }))
  const listed = await runTo(0, ['triggers', 'list', ...on, '--json'], place)
  expect(JSON.parse(listed.stdout)).toMatchObject({
    alias: 'live',
    isAliasThere: true,
    triggers: expect.arrayContaining([
      expect.objectContaining({ source: 'SQS queue orders', qualifier: null, way: 'past', uuid }),
      expect.objectContaining({ source: 'SQS queue jobs', qualifier: '1', way: 'past' }),
      expect.objectContaining({ source: 'SQS queue returns', qualifier: 'live', way: 'alias' }),
      expect.objectContaining({ source: 'SNS topic news', qualifier: '1', statement: 'news' }),
      expect.objectContaining({ kind: 'url', qualifier: null, way: 'past', auth: 'none' }),
    ]) as unknown[],
  })
  const shown = await runTo(0, ['triggers', 'list', ...on], place)
  expect(shown.stdout).toMatch(/5 triggers, 4 past live/)
  expect(shown.stdout).toMatch(/SQS queue orders +\$LATEST +(?:Creating|Enabled) +no figure +past live/)
  expect(shown.stdout).toContain('→ To put them on live: lambdactl triggers point hello --env test --all')
})

test('point moves mappings and permissions to the alias, from a mapping that is being made too', async () => {
  const service = await makeService()
  const place = await sandbox().deployFirst(service)
  const FunctionName = service.lambdaName
  await sandbox().lambda.send(
    new AddPermissionCommand({
      FunctionName,
      StatementId: 'photos',
      Action: 'lambda:InvokeFunction',
      Principal: 's3.amazonaws.com',
      SourceArn: 'arn:aws:s3:::photos',
      SourceAccount: '123456789012',
    }),
  )
  const uuid = await map(FunctionName, 'orders')
  const pointed = await runTo(0, ['triggers', 'point', ...on, '--all'], place)
  expect(pointed.stdout).toContain('SQS queue orders: $LATEST → live')
  expect(pointed.stdout).toContain('S3 bucket photos may invoke live too: statement photos')
  expect(pointed.stdout).toMatch(
    /→ For S3 bucket photos: name arn:\S+:live in the bucket's notification, then/,
  )
  expect(pointed.stdout).toContain(
    `update-event-source-mapping --uuid ${uuid} --function-name ${FunctionName}`,
  )
  expect(await seen(uuid)).toEqual(['live', 'Enabled'])
  const policy = await sandbox().lambda.send(new GetPolicyCommand({ FunctionName, Qualifier: 'live' }))
  expect(JSON.parse(policy.Policy ?? '')).toMatchObject({
    Statement: [
      {
        Sid: 'photos',
        Principal: { Service: 's3.amazonaws.com' },
        Condition: { ArnLike: { 'AWS:SourceArn': 'arn:aws:s3:::photos' } },
      },
    ],
  })
  const again = await runTo(0, ['triggers', 'point', ...on, '--all'], place)
  expect(again.stdout).toContain('nothing to point at live')
  await runTo(2, ['triggers', 'point', ...on], place)
  await runTo(2, ['triggers', 'point', ...on, uuid, '--all'], place)
})

test('pause disables what is enabled, all who look learn why, and resume enables exactly that', async () => {
  const service = await makeService()
  const place = await sandbox().deployFirst(service)
  const { lambda } = sandbox()
  const [orders, returns] = [
    await map(service.lambdaName, 'orders'),
    await map(`${service.lambdaName}:live`, 'returns'),
  ]
  await expect.poll(async () => (await seen(returns))[1]).toBe('Enabled')
  await lambda.send(new UpdateEventSourceMappingCommand({ UUID: returns, Enabled: false }))
  const reason = ['--reason', 'the table is full']
  const paused = await runTo(0, ['triggers', 'pause', ...on, ...reason], place)
  expect(paused.stdout).toContain('1 event source mapping paused')
  expect(paused.stdout).toContain('→ to resume: lambdactl triggers resume hello --env test')
  expect(await seen(orders)).toEqual(['$LATEST', 'Disabled'])
  const again = await runTo(0, ['triggers', 'pause', ...on, '--reason', 'no'], place)
  expect(again.stdout).toMatch(/1 event source mapping already paused by \S+ at \S+ \S+Z: the table is full/)
  const status = await runTo(0, ['status', ...on], place)
  expect(status.stdout).toMatch(/1 event source mapping is paused by \S+ at \S+ \S+Z: the table is full/)
  expect(status.stdout).toContain('→ To resume: lambdactl triggers resume hello --env test')
  const doctor = await runTo(0, ['doctor', ...on], place)
  expect(doctor.stdout).toContain('lambdactl triggers resume hello --env test')
  const resumed = await runTo(0, ['triggers', 'resume', ...on, '--json'], place)
  expect(JSON.parse(resumed.stdout)).toMatchObject({
    outcome: 'resumed',
    enable: [{ uuid: orders }],
    disabled: 1,
  })
  expect(await seen(orders)).toEqual(['$LATEST', 'Enabled'])
  expect(await seen(returns)).toEqual(['live', 'Disabled'])
  const idle = await runTo(0, ['triggers', 'resume', ...on], place)
  expect(idle.stdout).toContain('no pause is on record')
})

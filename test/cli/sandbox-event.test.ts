import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { EventBridgeClient, PutRuleCommand, PutTargetsCommand } from '@aws-sdk/client-eventbridge'
import { CreateStreamCommand, KinesisClient } from '@aws-sdk/client-kinesis'
import {
  AddPermissionCommand,
  CreateEventSourceMappingCommand,
  type CreateEventSourceMappingCommandInput,
  GetEventSourceMappingCommand,
  LambdaClient,
} from '@aws-sdk/client-lambda'
import { CreateQueueCommand, SQSClient } from '@aws-sdk/client-sqs'
import { expect, test } from 'vitest'
import type { FunctionMetrics } from '../../src/workflows/metrics/function-metrics.ts'
import { runTo } from './cli.ts'
import { clientSettings, useSandbox } from './sandbox.ts'
import { makeService } from './service.ts'

const sandbox = useSandbox()

test('an event of a queue reaches the alias as Lambda sends it, with the content of a file', async () => {
  const service = await makeService()
  await service.writeHandler(
    'export const handler = async ({ Records = [{}] }) => { const [{ body, eventSource }] = Records; if (body === "{}") throw new Error("empty"); return { body, eventSource } }\n',
  )
  const place = await sandbox().deployFirst(service)
  sandbox().leaveKey(place)
  await writeFile(join(service.folder, 'order.json'), '{"order": 7}')
  const event = (...words: string[]) => ['sandbox', 'event', 'sqs', `${service.lambdaName}:live`, ...words]
  const told = await runTo(0, event('--file', 'order.json', '--json'), place)
  expect(JSON.parse(told.stdout)).toMatchObject({
    source: 'sqs',
    version: '1',
    answer: JSON.stringify({ body: '{"order": 7}', eventSource: 'aws:sqs' }),
    sent: { Records: [{ body: '{"order": 7}', awsRegion: 'eu-west-1' }] },
  })
  const failed = await runTo(0, event(), place)
  expect(failed.stdout).toMatch(/:live: version 1, Unhandled in \d+ ms\n {2}\{"errorType":"Error"/)
  const none = await runTo(2, event('--file', 'none.json'), place)
  expect(none.stderr).toContain('Expected a file with the content of a message for --file')

  const sqs = new SQSClient(clientSettings(sandbox().url))
  await sqs.send(new CreateQueueCommand({ QueueName: service.lambdaName }))
  sqs.destroy()
  const EventSourceArn = `arn:aws:sqs:eu-west-1:000000000000:${service.lambdaName}`
  await mapped({ FunctionName: `${service.lambdaName}:live`, EventSourceArn })
  const through = JSON.parse(
    (await runTo(0, event('--file', 'order.json', '--json'), place)).stdout,
  ) as object
  expect(through).toMatchObject({ through: EventSourceArn, sent: { body: '{"order": 7}' }, answer: '' })
})

/** Maps a source to a function, and waits until it is read. */
async function mapped(input: CreateEventSourceMappingCommandInput): Promise<string | undefined> {
  const { lambda } = sandbox()
  const { UUID } = await lambda.send(new CreateEventSourceMappingCommand(input))
  const state = async () => (await lambda.send(new GetEventSourceMappingCommand({ UUID }))).State
  await expect.poll(state).toBe('Enabled')
  return UUID
}

test('an event of a stream reaches the alias as Lambda sends it, and goes through a stream that a mapping reads', async () => {
  const service = await makeService()
  await service.writeHandler(
    'export const handler = async ({ Records = [] }) => Records.map(({ kinesis }) => atob(kinesis.data))\n',
  )
  const place = await sandbox().deployFirst(service)
  sandbox().leaveKey(place)
  await writeFile(join(service.folder, 'click.json'), '{"click": 7}')
  const event = [
    'sandbox',
    'event',
    'kinesis',
    `${service.lambdaName}:live`,
    '--file',
    'click.json',
    '--json',
  ]
  const invoked = JSON.parse((await runTo(0, event, place)).stdout) as Record<string, unknown>
  expect([invoked['version'], invoked['answer'], invoked['through']]).toEqual([
    '1',
    '["{\\"click\\": 7}"]',
    undefined,
  ])

  const kinesis = new KinesisClient(clientSettings(sandbox().url))
  const StreamName = service.lambdaName
  await kinesis.send(new CreateStreamCommand({ StreamName, ShardCount: 1 }))
  kinesis.destroy()
  const EventSourceArn = `arn:aws:kinesis:eu-west-1:000000000000:stream/${StreamName}`
  const FunctionName = `${service.lambdaName}:live`
  const { lambda } = sandbox()
  const UUID = await mapped({ FunctionName, EventSourceArn, StartingPosition: 'LATEST' })
  const mapping = () => lambda.send(new GetEventSourceMappingCommand({ UUID }))
  expect(JSON.parse((await runTo(0, event, place)).stdout)).toMatchObject({
    through: EventSourceArn,
    sent: { partitionKey: 'sample', data: '{"click": 7}' },
    answer: '',
  })
  await expect.poll(async () => (await mapping()).LastProcessingResult).toBe('OK')

  // The age of the record is a metric of the alias, which lambdactl shows.
  const on = ['hello', '-e', 'test', '--json']
  const listed = await runTo(0, ['triggers', 'list', ...on], place)
  expect(JSON.parse(listed.stdout)).toMatchObject({
    triggers: [{ source: `Kinesis stream ${StreamName}`, iteratorAgeMs: expect.any(Number) as number }],
  })
  const { series } = JSON.parse((await runTo(0, ['metrics', ...on], place)).stdout) as FunctionMetrics
  const ages = series.filter(({ metric, points }) => metric === 'IteratorAge' && points.length > 0)
  expect(ages.map(({ statistic, unit }) => [statistic, unit])).toEqual([['Maximum', 'ms']])
})

test('an event of a topic, a bus and a schedule reaches the alias, and goes through a rule that has it as a target', async () => {
  const service = await makeService()
  await service.writeHandler(
    'export const handler = async (event) => event.source ?? event.Records?.[0].Sns.Message\n',
  )
  const place = await sandbox().deployFirst(service)
  sandbox().leaveKey(place)
  await writeFile(join(service.folder, 'detail.json'), '{"order": 7}')
  const event = async (source: string, ...more: string[]) => {
    const words = ['sandbox', 'event', source, `${service.lambdaName}:live`, '--json', ...more]
    return JSON.parse((await runTo(0, words, place)).stdout) as { answer: string; through?: string }
  }
  expect(await event('sns', '--file', 'detail.json')).toMatchObject({ answer: '"{\\"order\\": 7}"' })
  expect(await event('schedule')).toMatchObject({ answer: '"aws.events"' })

  const settings = clientSettings(sandbox().url)
  const [events, lambda] = [new EventBridgeClient(settings), new LambdaClient(settings)]
  const Name = service.lambdaName
  const { RuleArn } = await events.send(new PutRuleCommand({ Name, EventPattern: '{"source":["shop"]}' }))
  const Arn = `arn:aws:lambda:eu-west-1:000000000000:function:${service.lambdaName}:live`
  await events.send(new PutTargetsCommand({ Rule: Name, Targets: [{ Id: 'f', Arn }] }))
  await lambda.send(
    new AddPermissionCommand({
      FunctionName: Arn,
      StatementId: 'rule',
      Action: 'lambda:InvokeFunction',
      Principal: 'events.amazonaws.com',
      SourceArn: RuleArn,
    }),
  )
  for (const client of [events, lambda]) client.destroy()
  expect(await event('eventbridge', '--file', 'detail.json')).toMatchObject({
    through: RuleArn,
    sent: { source: 'shop', detail: { order: 7 } },
    answer: '',
  })
})

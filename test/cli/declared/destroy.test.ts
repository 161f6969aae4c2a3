import { ApiGatewayV2Client, CreateApiCommand, GetRoutesCommand } from '@aws-sdk/client-apigatewayv2'
import { EventBridgeClient, ListRulesCommand } from '@aws-sdk/client-eventbridge'
import {
  CreateEventSourceMappingCommand,
  GetEventSourceMappingCommand,
  ListEventSourceMappingsCommand,
} from '@aws-sdk/client-lambda'
import { CreateBucketCommand, GetBucketNotificationConfigurationCommand, S3Client } from '@aws-sdk/client-s3'
import { DescribeStateMachineCommand, SFNClient } from '@aws-sdk/client-sfn'
import { CreateTopicCommand, ListSubscriptionsByTopicCommand, SNSClient } from '@aws-sdk/client-sns'
import { CreateQueueCommand, SQSClient } from '@aws-sdk/client-sqs'
import { expect, test } from 'vitest'
import { entriesOf, functionsOf, runTo } from '../cli.ts'
import { clientSettings, useSandbox } from '../sandbox.ts'
import { makeService } from '../service.ts'
import { here } from './seen.ts'

const sandbox = useSandbox()
const destroy = ['destroy', '-e', 'test', '--yes']
const definition = {
  StartAt: 'Ask',
  States: { Ask: { Type: 'Task', Resource: '${alias}', End: true } },
}

test('destroy takes away the triggers of the file, goes on after a failure, and names those that stay', async () => {
  const settings = clientSettings(sandbox().url)
  const [sqs, sns, events] = [
    new SQSClient(settings),
    new SNSClient(settings),
    new EventBridgeClient(settings),
  ]
  const [apis, machines] = [new ApiGatewayV2Client(settings), new SFNClient(settings)]
  const s3 = new S3Client({ ...settings, forcePathStyle: true })
  const service = await makeService()
  const place = sandbox().place(service)
  sandbox().leaveKey(place)
  const { lambdaName: FunctionName } = service
  for (const QueueName of ['orders', 'theirs']) await sqs.send(new CreateQueueCommand({ QueueName }))
  const { TopicArn } = await sns.send(new CreateTopicCommand({ Name: 'news' }))
  await s3.send(new CreateBucketCommand({ Bucket: 'uploads' }))
  const { ApiId } = await apis.send(new CreateApiCommand({ Name: 'shop', ProtocolType: 'HTTP' }))
  await service.write({ 'machine.json': JSON.stringify(definition) })
  await service.writeField(`triggers: {orders: {sqs: orders}, news: {sns: news}, uploads: {s3: uploads},
      nightly: {schedule: rate(1 day)}, web: {api: shop, route: GET /items},
      flow: {stepFunctions: flow, definition: machine.json, role: "arn:aws:iam::000000000000:role/flow"}}`)
  await runTo(0, ['deploy', '-e', 'test'], place)
  const { UUID: theirs = '' } = await sandbox().lambda.send(
    new CreateEventSourceMappingCommand({
      FunctionName: `${FunctionName}:live`,
      EventSourceArn: here('sqs', 'theirs'),
    }),
  )

  const dry = await runTo(0, ['destroy', '-e', 'test', '--dry-run'], place)
  expect(dry.stdout).toContain('goes  trigger news: SNS topic news\n')
  expect(dry.stdout).toContain('goes  trigger orders: SQS queue orders\n')
  expect(dry.stdout.match(/stays event source mapping/g)).toHaveLength(1)
  expect(dry.stdout).toContain(
    `stepfunctions delete-state-machine --state-machine-arn ${here('states', 'stateMachine:flow')}`,
  )

  await runTo(0, ['sandbox', 'fault', 'error', 'sns:Unsubscribe', '--times', '9'], place)
  const failed = await runTo(75, destroy, place)
  expect(failed.stdout).toContain('stays trigger news: SNS topic news')
  expect(failed.stdout).toContain('stays the function with 1 published version')
  expect(failed.stdout).toContain(`triggers.news of ${FunctionName} could not be taken away.`)
  await runTo(0, ['sandbox', 'fault', 'clear'], place)
  const again = functionsOf(await runTo(0, [...destroy, '--json'], place)) as readonly {
    triggers: readonly { name: string }[]
  }[]
  expect(again).toMatchObject([
    {
      outcome: 'destroyed',
      deleted: true,
      mappings: [{ uuid: theirs }],
      leftovers: [{ kind: 'stateMachine', names: [here('states', 'stateMachine:flow')] }],
    },
  ])
  expect(again[0]?.triggers).toContainEqual({ name: 'news', source: 'SNS topic news', deleted: true })

  expect(await sns.send(new ListSubscriptionsByTopicCommand({ TopicArn }))).toMatchObject({
    Subscriptions: [],
  })
  const told = await s3.send(new GetBucketNotificationConfigurationCommand({ Bucket: 'uploads' }))
  expect(told.LambdaFunctionConfigurations ?? []).toEqual([])
  expect((await events.send(new ListRulesCommand({}))).Rules).toEqual([])
  expect((await apis.send(new GetRoutesCommand({ ApiId }))).Items).toEqual([])
  const { EventSourceMappings = [] } = await sandbox().lambda.send(
    new ListEventSourceMappingsCommand({ EventSourceArn: here('sqs', 'orders') }),
  )
  expect(EventSourceMappings.filter(({ State }) => State !== 'Deleting')).toEqual([])
  expect(await sandbox().lambda.send(new GetEventSourceMappingCommand({ UUID: theirs }))).toMatchObject({
    UUID: theirs,
  })
  const stateMachineArn = here('states', 'stateMachine:flow')
  expect(await machines.send(new DescribeStateMachineCommand({ stateMachineArn }))).toMatchObject({
    status: 'ACTIVE',
  })
  const past = await runTo(0, ['history', 'hello', '-e', 'test', '--json'], place)
  expect(entriesOf(past)).toMatchObject([
    { kind: 'destroy', deleted: true, triggers: expect.arrayContaining(['news']) as unknown },
    { kind: 'destroy', deleted: false, failed: expect.stringContaining('triggers.news') as unknown },
    {},
    {},
  ])
})

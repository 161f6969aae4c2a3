import {
  CreateEventBusCommand,
  DescribeRuleCommand,
  EventBridgeClient,
  ListRuleNamesByTargetCommand,
  ListTargetsByRuleCommand,
} from '@aws-sdk/client-eventbridge'
import {
  CreateBucketCommand,
  GetBucketNotificationConfigurationCommand,
  PutBucketNotificationConfigurationCommand,
  S3Client,
} from '@aws-sdk/client-s3'
import {
  CreateTopicCommand,
  GetSubscriptionAttributesCommand,
  ListSubscriptionsByTopicCommand,
  SNSClient,
  SubscribeCommand,
} from '@aws-sdk/client-sns'
import { CreateQueueCommand, SQSClient } from '@aws-sdk/client-sqs'
import { beforeAll, expect, test } from 'vitest'
import { runTo } from '../cli.ts'
import { clientSettings, useSandbox } from '../sandbox.ts'
import { makeService, type Service } from '../service.ts'
import { here, statements } from './seen.ts'

const sandbox = useSandbox()
const deploy = (service: Service, exit = 0) => runTo(exit, ['deploy', '-e', 'test'], sandbox().place(service))
const alias = ({ lambdaName }: Service) => here('lambda', `function:${lambdaName}:live`)
const sids = async (service: Service) =>
  (await statements(sandbox(), service)).map(({ Sid }) => Sid.replace(/-[0-9a-f]{8}$/, ''))

const s3 = () => new S3Client({ ...clientSettings(sandbox().url), forcePathStyle: true })
const sns = () => new SNSClient(clientSettings(sandbox().url))
const events = () => new EventBridgeClient(clientSettings(sandbox().url))

beforeAll(async () => {
  const sqs = new SQSClient(clientSettings(sandbox().url))
  await sqs.send(new CreateQueueCommand({ QueueName: 'dead' }))
})

test('a bucket tells the alias, and keeps what others wrote', async () => {
  const service = await makeService()
  const Bucket = `photos-${service.lambdaName}`
  await service.writeField(`triggers: {uploads: {s3: ${Bucket}, prefix: in/}}`)
  const missing = await deploy(service, 6)
  expect(missing.stderr).toContain(`there is no bucket ${Bucket}`)
  await s3().send(new CreateBucketCommand({ Bucket }))
  await s3().send(
    new PutBucketNotificationConfigurationCommand({
      Bucket,
      NotificationConfiguration: {
        QueueConfigurations: [
          { Id: 'theirs', QueueArn: here('sqs', 'dead'), Events: ['s3:ObjectRemoved:*'] },
        ],
        EventBridgeConfiguration: {},
      },
      SkipDestinationValidation: true,
    }),
  )
  await deploy(service)
  const read = () => s3().send(new GetBucketNotificationConfigurationCommand({ Bucket }))
  const id = (name: string) => `lambdactl/${service.lambdaName}/live/${name}`
  expect(await read()).toMatchObject({
    EventBridgeConfiguration: {},
    QueueConfigurations: [{ Id: 'theirs' }],
    LambdaFunctionConfigurations: [
      { Id: id('uploads'), LambdaFunctionArn: alias(service), Events: ['s3:ObjectCreated:*'] },
    ],
  })
  expect(await sids(service)).toEqual(['lambdactl-s3-uploads'])
  expect((await deploy(service)).stdout).toContain('nothing to deploy')
  await service.writeField(`triggers: {pictures: {s3: ${Bucket}, prefix: in/, suffix: .png}}`)
  await deploy(service)
  expect((await read()).LambdaFunctionConfigurations).toMatchObject([{ Id: id('pictures') }])
  expect(await sids(service)).toEqual(['lambdactl-s3-pictures'])
  await service.writeField('triggers: {}')
  await deploy(service)
  const left = await read()
  expect(left.LambdaFunctionConfigurations ?? []).toEqual([])
  expect(left).toMatchObject({ EventBridgeConfiguration: {}, QueueConfigurations: [{ Id: 'theirs' }] })
  expect(await sids(service)).toEqual([])
})

test('a topic has a subscription of the alias, changed field by field; that of others is in the way', async () => {
  const service = await makeService()
  const { TopicArn = '' } = await sns().send(new CreateTopicCommand({ Name: `news-${service.lambdaName}` }))
  const topic = `news-${service.lambdaName}`
  const subscriptions = async () => {
    const { Subscriptions = [] } = await sns().send(new ListSubscriptionsByTopicCommand({ TopicArn }))
    return Subscriptions
  }
  await service.writeField(`triggers: {news: {sns: ${topic}}}`)
  await deploy(service)
  const [made] = await subscriptions()
  expect(made).toMatchObject({ Protocol: 'lambda', Endpoint: alias(service) })
  const attributes = async () =>
    (await sns().send(new GetSubscriptionAttributesCommand({ SubscriptionArn: made?.SubscriptionArn })))
      .Attributes
  await service.writeField(
    `triggers: {letters: {sns: "${TopicArn}", filter: {kind: [order]}, filterScope: body, deadLetterQueue: dead}}`,
  )
  await deploy(service)
  expect(await attributes()).toMatchObject({
    FilterPolicy: '{"kind":["order"]}',
    FilterPolicyScope: 'MessageBody',
    RedrivePolicy: JSON.stringify({ deadLetterTargetArn: here('sqs', 'dead') }),
  })
  expect(await sids(service)).toEqual(['lambdactl-sns-letters'])
  expect((await deploy(service)).stdout).toContain('nothing to deploy')
  await service.writeField(`triggers: {letters: {sns: ${topic}}}`)
  await deploy(service)
  expect((await deploy(service)).stdout).toContain('nothing to deploy')
  await service.writeField('triggers: {}')
  await deploy(service)
  expect(await subscriptions()).toEqual([])
  await sns().send(new SubscribeCommand({ TopicArn, Protocol: 'lambda', Endpoint: alias(service) }))
  await service.writeField(`triggers: {news: {sns: ${topic}}}`)
  expect((await deploy(service, 6)).stderr).toContain('to live is there that lambdactl did not make')
})

test('a rule and a schedule invoke the alias, and keep their rule under another name', async () => {
  const service = await makeService()
  await events().send(new CreateEventBusCommand({ Name: `shop-${service.lambdaName}` }))
  const rules = async (EventBusName: string) => {
    const command = new ListRuleNamesByTargetCommand({ TargetArn: alias(service), EventBusName })
    return (await events().send(command)).RuleNames ?? []
  }
  const bus = `shop-${service.lambdaName}`
  await service.writeField(
    `triggers: {placed: {eventbridge: ${bus}, pattern: {source: [shop]}, retries: 3, deadLetterQueue: dead}, nightly: {schedule: rate(1 day), input: {job: clean}}}`,
  )
  await deploy(service)
  const [placed = ''] = await rules(bus)
  const [nightly = ''] = await rules('default')
  expect([placed, nightly]).toEqual([`${service.lambdaName}-placed`, `${service.lambdaName}-nightly`])
  expect(
    await events().send(new ListTargetsByRuleCommand({ Rule: placed, EventBusName: bus })),
  ).toMatchObject({
    Targets: [
      {
        Id: 'lambdactl',
        Arn: alias(service),
        RetryPolicy: { MaximumRetryAttempts: 3 },
        DeadLetterConfig: { Arn: here('sqs', 'dead') },
      },
    ],
  })
  expect((await deploy(service)).stdout).toContain('nothing to deploy')
  await service.writeField(
    `triggers: {orders: {eventbridge: ${bus}, pattern: {source: [shop]}, retries: 3, deadLetterQueue: dead}, nightly: {schedule: rate(2 days)}}`,
  )
  await deploy(service)
  expect(await rules(bus)).toEqual([placed])
  expect(await events().send(new DescribeRuleCommand({ Name: nightly }))).toMatchObject({
    ScheduleExpression: 'rate(2 days)',
  })
  expect((await sids(service)).toSorted()).toEqual([
    'lambdactl-eventbridge-orders',
    'lambdactl-schedule-nightly',
  ])
  expect((await deploy(service)).stdout).toContain('nothing to deploy')
  await service.writeField('triggers: {}')
  await deploy(service)
  expect([await rules(bus), await rules('default')]).toEqual([[], []])
  expect(await sids(service)).toEqual([])
})

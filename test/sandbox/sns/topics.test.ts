import {
  CreateTopicCommand,
  type CreateTopicCommandInput,
  DeleteTopicCommand,
  GetSubscriptionAttributesCommand,
  GetTopicAttributesCommand,
  ListSubscriptionsByTopicCommand,
  ListSubscriptionsCommand,
  ListTagsForResourceCommand,
  ListTopicsCommand,
  PublishBatchCommand,
  PublishCommand,
  SetSubscriptionAttributesCommand,
  SetTopicAttributesCommand,
  SNSClient,
  SubscribeCommand,
  type SubscribeCommandInput,
  TagResourceCommand,
  UnsubscribeCommand,
  UntagResourceCommand,
} from '@aws-sdk/client-sns'
import { expect, onTestFinished, test, vi } from 'vitest'
import { type Sources, startSources } from '../delivery/sources.ts'
import { account, arnOf } from '../lambda/sandbox.ts'

interface Topics extends Sources {
  sns: SNSClient
  make: (input?: Partial<CreateTopicCommandInput>) => Promise<string>
  subscribe: (TopicArn: string, Endpoint: string, more?: Partial<SubscribeCommandInput>) => Promise<string>
}

async function start(...given: Parameters<typeof startSources>): Promise<Topics> {
  const sources = await startSources(...given)
  const sns = new SNSClient(sources.settings)
  onTestFinished(() => sns.destroy())
  return {
    ...sources,
    sns,
    async make(input = {}) {
      const { TopicArn = '' } = await sns.send(new CreateTopicCommand({ Name: 'news', ...input }))
      return TopicArn
    },
    async subscribe(TopicArn, Endpoint, more = {}) {
      const Protocol = Endpoint.split(':')[2]
      const asked = new SubscribeCommand({ TopicArn, Endpoint, Protocol, ...more })
      return (await sns.send(asked)).SubscriptionArn ?? ''
    },
  }
}

const arn = `arn:aws:sns:eu-west-1:${account}:news`

test('a topic is made once, keeps attributes and tags, and is listed until it is deleted', async () => {
  const { sns, make } = await start()
  expect(await make({ Attributes: { DisplayName: 'News' }, Tags: [{ Key: 'team', Value: 'shop' }] })).toBe(
    arn,
  )
  expect(await make({ Attributes: { DisplayName: 'News' } })).toBe(arn)
  await expect(make({ Attributes: { DisplayName: 'Other' } })).rejects.toMatchObject({
    name: 'InvalidParameterException',
    message: 'Invalid parameter: Attributes Reason: Topic already exists with different attributes',
  })
  await expect(make({ Name: 'no good' })).rejects.toMatchObject({ message: 'Invalid parameter: Topic Name' })
  await sns.send(
    new SetTopicAttributesCommand({ TopicArn: arn, AttributeName: 'DisplayName', AttributeValue: 'All' }),
  )
  const { Attributes } = await sns.send(new GetTopicAttributesCommand({ TopicArn: arn }))
  expect(Attributes).toMatchObject({ DisplayName: 'All', Owner: account, SubscriptionsConfirmed: '0' })
  await sns.send(new TagResourceCommand({ ResourceArn: arn, Tags: [{ Key: 'a', Value: 'b' }] }))
  await sns.send(new UntagResourceCommand({ ResourceArn: arn, TagKeys: ['team'] }))
  expect((await sns.send(new ListTagsForResourceCommand({ ResourceArn: arn }))).Tags).toEqual([
    { Key: 'a', Value: 'b' },
  ])
  expect((await sns.send(new ListTopicsCommand({}))).Topics).toEqual([{ TopicArn: arn }])
  await sns.send(new DeleteTopicCommand({ TopicArn: arn }))
  expect((await sns.send(new ListTopicsCommand({}))).Topics ?? []).toEqual([])
  await expect(sns.send(new PublishCommand({ TopicArn: arn, Message: 'x' }))).rejects.toMatchObject({
    name: 'NotFoundException',
    message: 'Topic does not exist',
    $metadata: { httpStatusCode: 404 },
  })
})

test('a message reaches a function that lets the topic call it, and a queue, each in its form', async () => {
  const { sns, make, subscribe, queue, receive, permit, payloads, counts } = await start()
  await make()
  await permit('sns.amazonaws.com', arn)
  const { url, arn: queueArn } = await queue()
  const ofFunction = await subscribe(arn, arnOf('shop'))
  const ofQueue = await subscribe(arn, queueArn)
  expect(await subscribe(arn, queueArn)).toBe(ofQueue)
  const { MessageId } = await sns.send(
    new PublishCommand({
      TopicArn: arn,
      Subject: 'Hello',
      Message: JSON.stringify({ default: 'for all', lambda: '{"n":1}' }),
      MessageStructure: 'json',
      MessageAttributes: {
        kind: { DataType: 'String', StringValue: 'order' },
        bytes: { DataType: 'Binary', BinaryValue: Buffer.from([0, 1]) },
      },
    }),
  )
  const MessageAttributes = {
    kind: { Type: 'String', Value: 'order' },
    bytes: { Type: 'Binary', Value: 'AAE=' },
  }
  const common = { Type: 'Notification', MessageId, TopicArn: arn, Subject: 'Hello', MessageAttributes }
  await vi.waitFor(() => expect(payloads()).toHaveLength(1))
  expect(payloads()[0]).toMatchObject({
    Records: [
      {
        EventSource: 'aws:sns',
        EventVersion: '1.0',
        EventSubscriptionArn: ofFunction,
        Sns: { ...common, Message: '{"n":1}' },
      },
    ],
  })
  const [got] = await receive(url)
  expect(JSON.parse(got?.Body ?? '')).toMatchObject({ ...common, Message: 'for all' })
  expect(counts('AWS/SNS')).toMatchObject({ NumberOfMessagesPublished: 1, NumberOfNotificationsDelivered: 2 })
})

test('a subscription filters, sends raw messages, and leaves dead letters', async () => {
  const { sns, make, subscribe, queue, receive, counts } = await start()
  await make()
  const [raw, body, dead] = [await queue(), await queue(), await queue()]
  const RedrivePolicy = JSON.stringify({ deadLetterTargetArn: dead.arn })
  const filtered = await subscribe(arn, raw.arn, {
    Attributes: { RawMessageDelivery: 'true', FilterPolicy: '{"kind":["order"]}' },
  })
  await subscribe(arn, body.arn, {
    Attributes: { FilterPolicyScope: 'MessageBody', FilterPolicy: '{"n":[2]}' },
  })
  // Nothing permits the topic to call this function.
  await subscribe(arn, arnOf('shop'), { Attributes: { RedrivePolicy, FilterPolicy: '{"kind":["letter"]}' } })
  const kind = (StringValue: string) => ({ kind: { DataType: 'String', StringValue } })
  const { Successful, Failed } = await sns.send(
    new PublishBatchCommand({
      TopicArn: arn,
      PublishBatchRequestEntries: [
        { Id: 'a', Message: '{"n":1}', MessageAttributes: kind('order') },
        { Id: 'b', Message: '{"n":2}' },
        { Id: 'c', Message: 'plain', MessageAttributes: kind('letter') },
        { Id: 'd', Message: '' },
      ],
    }),
  )
  expect(Successful?.map(({ Id }) => Id)).toEqual(['a', 'b', 'c'])
  expect(Failed).toMatchObject([{ Id: 'd', Code: 'InvalidParameter', SenderFault: true }])
  const [first, ...none] = await receive(raw.url, { MessageAttributeNames: ['All'] })
  expect(first).toMatchObject({ Body: '{"n":1}', MessageAttributes: kind('order') })
  expect(none).toEqual([])
  const messages = async (url: string) =>
    (await receive(url)).map(({ Body = '{}' }) => (JSON.parse(Body) as { Message: string }).Message)
  expect(await messages(body.url)).toEqual(['{"n":2}'])
  expect(await messages(dead.url)).toEqual(['plain'])
  expect(counts('AWS/SNS')).toMatchObject({
    NumberOfMessagesPublished: 3,
    NumberOfNotificationsDelivered: 2,
    NumberOfNotificationsFailed: 1,
    NumberOfNotificationsRedrivenToDlq: 1,
    NumberOfNotificationsFilteredOut: 6,
    'NumberOfNotificationsFilteredOut-NoMessageAttributes': 2,
    'NumberOfNotificationsFilteredOut-InvalidMessageBody': 1,
  })

  const attribute = (AttributeName: string, AttributeValue: string) =>
    sns.send(
      new SetSubscriptionAttributesCommand({ SubscriptionArn: filtered, AttributeName, AttributeValue }),
    )
  await attribute('FilterPolicy', '{}')
  await attribute('RawMessageDelivery', 'false')
  await expect(attribute('FilterPolicy', '{"a": 1}')).rejects.toMatchObject({
    name: 'InvalidParameterException',
  })
  const shown = await sns.send(new GetSubscriptionAttributesCommand({ SubscriptionArn: filtered }))
  expect(shown.Attributes).toMatchObject({ Protocol: 'sqs', Endpoint: raw.arn, RawMessageDelivery: 'false' })
  expect(shown.Attributes).not.toHaveProperty('FilterPolicy')
  await sns.send(new UnsubscribeCommand({ SubscriptionArn: filtered }))
  const listed = await sns.send(new ListSubscriptionsByTopicCommand({ TopicArn: arn }))
  expect(listed.Subscriptions).toHaveLength(2)
  expect((await sns.send(new ListSubscriptionsCommand({}))).Subscriptions).toHaveLength(2)
})

test('a FIFO topic keeps order and takes a message once', async () => {
  const { sns, make, subscribe, queue, receive } = await start()
  const TopicArn = await make({
    Name: 'news.fifo',
    Attributes: { FifoTopic: 'true', ContentBasedDeduplication: 'true' },
  })
  const { url, arn: queueArn } = await queue({ FifoQueue: 'true' })
  await subscribe(TopicArn, queueArn, { Attributes: { RawMessageDelivery: 'true' } })
  await expect(subscribe(TopicArn, arnOf('shop'))).rejects.toMatchObject({
    name: 'InvalidParameterException',
  })
  await expect(sns.send(new PublishCommand({ TopicArn, Message: 'a' }))).rejects.toMatchObject({
    message: 'Invalid parameter: The MessageGroupId parameter is required for FIFO topics',
  })
  const publish = (Message: string) =>
    sns.send(new PublishCommand({ TopicArn, Message, MessageGroupId: 'g' }))
  const [first, again] = [await publish('a'), await publish('a')]
  expect(again.MessageId).toBe(first.MessageId)
  const second = await publish('b')
  expect(BigInt(second.SequenceNumber ?? 0)).toBeGreaterThan(BigInt(first.SequenceNumber ?? 0))
  expect((await receive(url)).map(({ Body }) => Body)).toEqual(['a', 'b'])
})

test('the sandbox says which subscriptions it has not', async () => {
  const { make, subscribe } = await start()
  await make()
  await expect(subscribe(arn, 'a@example.com', { Protocol: 'email' })).rejects.toMatchObject({
    name: 'NotImplemented',
    message: 'The sandbox does not have subscriptions by email, only those by lambda and sqs.',
  })
  await expect(subscribe(arn, 'x', { Protocol: 'sqs' })).rejects.toMatchObject({
    message: 'Invalid parameter: SQS endpoint ARN',
  })
})

test('topics and subscriptions outlive the sandbox', async () => {
  const first = await start()
  await first.make({ Tags: [{ Key: 'a', Value: 'b' }] })
  const subscription = await first.subscribe(arn, arnOf('shop'), {
    Attributes: { FilterPolicy: '{"n":[1]}' },
  })
  const second = await start(1, first.rows)
  const { Subscriptions } = await second.sns.send(new ListSubscriptionsByTopicCommand({ TopicArn: arn }))
  expect(Subscriptions).toMatchObject([{ SubscriptionArn: subscription, Endpoint: arnOf('shop') }])
  const { Attributes } = await second.sns.send(
    new GetSubscriptionAttributesCommand({ SubscriptionArn: subscription }),
  )
  expect(Attributes).toMatchObject({ FilterPolicy: '{"n":[1]}' })
  expect((await second.sns.send(new ListTagsForResourceCommand({ ResourceArn: arn }))).Tags).toHaveLength(1)
})

import {
  CreateEventBusCommand,
  DeleteEventBusCommand,
  DeleteRuleCommand,
  DescribeEventBusCommand,
  DescribeRuleCommand,
  DisableRuleCommand,
  EnableRuleCommand,
  EventBridgeClient,
  ListEventBusesCommand,
  ListRuleNamesByTargetCommand,
  ListRulesCommand,
  ListTagsForResourceCommand,
  ListTargetsByRuleCommand,
  PutEventsCommand,
  type PutEventsRequestEntry,
  PutRuleCommand,
  type PutRuleCommandInput,
  PutTargetsCommand,
  RemoveTargetsCommand,
  TagResourceCommand,
  type Target,
  TestEventPatternCommand,
  UntagResourceCommand,
} from '@aws-sdk/client-eventbridge'
import { InvokeCommand, PutFunctionEventInvokeConfigCommand } from '@aws-sdk/client-lambda'
import { CreateTopicCommand, SNSClient, SubscribeCommand } from '@aws-sdk/client-sns'
import { expect, onTestFinished, test, vi } from 'vitest'
import { type Sources, startSources } from '../delivery/sources.ts'
import { account, arnOf } from '../lambda/sandbox.ts'

interface Buses extends Sources {
  events: EventBridgeClient
  rule: (input?: Partial<PutRuleCommandInput>) => Promise<string>
  targets: (Rule: string, ...Targets: Target[]) => Promise<void>
  put: (...entries: Partial<PutEventsRequestEntry>[]) => Promise<(string | undefined)[]>
}

async function start(...given: Parameters<typeof startSources>): Promise<Buses> {
  const sources = await startSources(...given)
  const events = new EventBridgeClient(sources.settings)
  onTestFinished(() => events.destroy())
  return {
    ...sources,
    events,
    async rule(input = {}) {
      const EventPattern = input.ScheduleExpression === undefined ? '{"source":["shop"]}' : undefined
      const { RuleArn = '' } = await events.send(
        new PutRuleCommand({ Name: 'placed', EventPattern, ...input }),
      )
      return RuleArn
    },
    async targets(Rule, ...Targets) {
      await events.send(new PutTargetsCommand({ Rule, Targets }))
    },
    async put(...entries) {
      const Entries = entries.map((entry) => ({
        Source: 'shop',
        DetailType: 'Order',
        Detail: '{"n":1}',
        ...entry,
      }))
      const { Entries: results = [] } = await events.send(new PutEventsCommand({ Entries }))
      return results.map(({ ErrorCode, EventId }) => ErrorCode ?? (EventId && 'ok'))
    },
  }
}

const arn = `arn:aws:events:eu-west-1:${account}:rule/placed`

test('an event reaches the targets of the rules that it fits, each with its input', async () => {
  const { events, rule, targets, put, queue, receive, permit, payloads, counts } = await start()
  expect(await rule()).toBe(arn)
  await rule({ Name: 'other', EventPattern: '{"detail":{"n":[2]}}' })
  await permit('events.amazonaws.com', arn)
  const [one, other] = [await queue(), await queue({ FifoQueue: 'true' })]
  await targets(
    'placed',
    { Id: 'f', Arn: arnOf('shop') },
    {
      Id: 'q',
      Arn: one.arn,
      InputTransformer: { InputPathsMap: { n: '$.detail.n' }, InputTemplate: 'order <n>' },
    },
    { Id: 'o', Arn: other.arn, InputPath: '$.detail', SqsParameters: { MessageGroupId: 'g' } },
  )
  await targets('other', { Id: 'f', Arn: arnOf('shop') })
  expect(await put({ Resources: ['arn:r'] })).toEqual(['ok'])
  await vi.waitFor(() => expect(payloads()).toHaveLength(1))
  expect(payloads()[0]).toMatchObject({
    source: 'shop',
    'detail-type': 'Order',
    resources: ['arn:r'],
    detail: { n: 1 },
  })
  expect((await receive(one.url)).map(({ Body }) => Body)).toEqual(['order 1'])
  expect((await receive(other.url)).map(({ Body }) => Body)).toEqual(['{"n":1}'])
  expect(counts('AWS/Events')).toEqual({ MatchedEvents: 1, TriggeredRules: 1, Invocations: 3 })

  await events.send(new DisableRuleCommand({ Name: 'placed' }))
  await put({})
  await events.send(new EnableRuleCommand({ Name: 'placed' }))
  await put({ Detail: '{"n":3}' })
  expect((await receive(one.url)).map(({ Body }) => Body)).toEqual(['order 3'])
})

test('PutEvents refuses entries one by one', async () => {
  const { put, events } = await start()
  const told = vi.spyOn(console, 'error').mockReturnValue(undefined)
  onTestFinished(() => told.mockRestore())
  expect(
    await put({}, { Source: '' }, { Detail: 'no JSON' }, { Source: 'aws.s3' }, { EventBusName: 'nowhere' }),
  ).toEqual(['ok', 'InvalidArgument', 'MalformedDetail', 'NotAuthorizedForSourceException', 'ok'])
  expect(told).toHaveBeenCalledWith('An event of shop is lost: there is no bus nowhere')
  await expect(events.send(new PutEventsCommand({ Entries: [] }))).rejects.toMatchObject({
    name: 'ValidationException',
  })
})

test('an event that a target refuses goes to its dead letters, with the reason', async () => {
  const { rule, targets, put, queue, receive, counts } = await start()
  await rule()
  const dead = await queue()
  await targets('placed', {
    Id: 'f',
    Arn: arnOf('shop'),
    RetryPolicy: { MaximumRetryAttempts: 3 },
    DeadLetterConfig: { Arn: dead.arn },
  })
  await put({})
  const [letter] = await receive(dead.url, { MessageAttributeNames: ['All'] })
  expect(JSON.parse(letter?.Body ?? '')).toMatchObject({ source: 'shop', detail: { n: 1 } })
  expect(letter?.MessageAttributes).toMatchObject({
    RULE_ARN: { StringValue: arn },
    TARGET_ARN: { StringValue: arnOf('shop') },
    ERROR_CODE: { StringValue: 'NO_PERMISSIONS' },
  })
  expect(counts('AWS/Events')).toMatchObject({ FailedInvocations: 1, InvocationsSentToDlq: 1 })
})

test('rules, targets, buses and tags are kept, listed and deleted', async () => {
  const { events, rule, targets } = await start()
  const made = await events.send(
    new CreateEventBusCommand({ Name: 'orders', Tags: [{ Key: 'a', Value: 'b' }] }),
  )
  await expect(events.send(new CreateEventBusCommand({ Name: 'orders' }))).rejects.toMatchObject({
    name: 'ResourceAlreadyExistsException',
  })
  const own = await rule({ EventBusName: 'orders', Description: 'mine' })
  expect(own).toBe(`arn:aws:events:eu-west-1:${account}:rule/orders/placed`)
  await rule({ Tags: [{ Key: 'team', Value: 'shop' }] })
  await targets('placed', { Id: 'b', Arn: arnOf('shop') }, { Id: 'a', Arn: arnOf('shop'), Input: '{}' })
  await targets('placed', { Id: 'b', Arn: arnOf('shop'), InputPath: '$.detail' })
  const listed = await events.send(new ListTargetsByRuleCommand({ Rule: 'placed', Limit: 1 }))
  expect(listed).toMatchObject({
    Targets: [{ Id: 'a', Input: '{}' }],
    NextToken: expect.any(String) as string,
  })
  const rest = await events.send(
    new ListTargetsByRuleCommand({ Rule: 'placed', NextToken: listed.NextToken }),
  )
  expect(rest.Targets).toEqual([{ Id: 'b', Arn: arnOf('shop'), InputPath: '$.detail' }])
  const names = await events.send(new ListRuleNamesByTargetCommand({ TargetArn: arnOf('shop') }))
  expect(names.RuleNames).toEqual(['placed'])
  expect(
    await events.send(new DescribeRuleCommand({ Name: 'placed', EventBusName: 'orders' })),
  ).toMatchObject({
    Arn: own,
    State: 'ENABLED',
    Description: 'mine',
    EventBusName: 'orders',
    EventPattern: '{"source":["shop"]}',
  })
  expect((await events.send(new ListRulesCommand({ NamePrefix: 'pl' }))).Rules).toHaveLength(1)
  await events.send(new TagResourceCommand({ ResourceARN: arn, Tags: [{ Key: 'x', Value: 'y' }] }))
  await events.send(new UntagResourceCommand({ ResourceARN: arn, TagKeys: ['team'] }))
  // The tags of a rule that is there stay.
  await rule({ Tags: [{ Key: 'late', Value: '' }] })
  expect((await events.send(new ListTagsForResourceCommand({ ResourceARN: arn }))).Tags).toEqual([
    { Key: 'x', Value: 'y' },
  ])
  const buses = await events.send(new ListEventBusesCommand({}))
  expect(buses.EventBuses?.map(({ Name }) => Name)).toEqual(['default', 'orders'])
  expect((await events.send(new DescribeEventBusCommand({ Name: 'orders' }))).Arn).toBe(made.EventBusArn)
  await expect(events.send(new DeleteRuleCommand({ Name: 'placed' }))).rejects.toMatchObject({
    name: 'ValidationException',
    message: "Rule can't be deleted since it has targets.",
  })
  await events.send(new RemoveTargetsCommand({ Rule: 'placed', Ids: ['a', 'b'] }))
  await events.send(new DeleteRuleCommand({ Name: 'placed' }))
  await expect(events.send(new DescribeRuleCommand({ Name: 'placed' }))).rejects.toMatchObject({
    name: 'ResourceNotFoundException',
    message: 'Rule placed does not exist on EventBus default.',
  })
  await events.send(new DeleteRuleCommand({ Name: 'placed', EventBusName: 'orders' }))
  await events.send(new DeleteEventBusCommand({ Name: 'orders' }))
  await expect(rule({ EventBusName: 'orders' })).rejects.toMatchObject({
    message: 'Event bus orders does not exist.',
  })
})

test('wrong patterns, schedules and targets are refused, and patterns can be tried', async () => {
  const { events, rule, targets } = await start()
  await expect(rule({ EventPattern: '{"source":"shop"}' })).rejects.toMatchObject({
    name: 'InvalidEventPatternException',
  })
  await expect(rule({ ScheduleExpression: 'rate(1 minutes)' })).rejects.toMatchObject({
    message: 'Parameter ScheduleExpression is not valid.',
  })
  await rule()
  await expect(targets('placed', { Id: '1', Arn: arnOf('shop'), Input: 'no JSON' })).rejects.toMatchObject({
    message: 'JSON syntax error in input for target 1 : Invalid JSON',
  })
  await expect(
    targets('placed', { Id: '1', Arn: `arn:aws:firehose:eu-west-1:${account}:deliverystream/x` }),
  ).rejects.toMatchObject({ name: 'NotImplemented' })
  const event = { id: '1', account, source: 'shop', time: '', region: '', resources: [], 'detail-type': '' }
  const tried = (Event: object) =>
    events.send(
      new TestEventPatternCommand({ EventPattern: '{"source":["shop"]}', Event: JSON.stringify(Event) }),
    )
  expect((await tried(event)).Result).toBe(true)
  expect((await tried({ ...event, source: 'x' })).Result).toBe(false)
  await expect(tried({ source: 'shop' })).rejects.toMatchObject({ name: 'ValidationException' })
})

test('a schedule goes by the clock of the sandbox, and outlives it', async () => {
  const first = await start(600)
  const arnOfRule = await first.rule({ Name: 'tick', ScheduleExpression: 'rate(1 minute)' })
  await first.permit('events.amazonaws.com', arnOfRule)
  await first.targets('tick', { Id: 'f', Arn: arnOf('shop') })
  await vi.waitFor(() => expect(first.payloads().length).toBeGreaterThan(1), 5000)
  expect(first.payloads()[0]).toMatchObject({
    source: 'aws.events',
    'detail-type': 'Scheduled Event',
    resources: [arnOfRule],
    detail: {},
  })
  const second = await start(600, first.rows)
  await second.permit('events.amazonaws.com', arnOfRule)
  await vi.waitFor(() => expect(second.payloads().length).toBeGreaterThan(0), 5000)
})

test('the end of an asynchronous invocation goes to a bus, and from its rule through a topic to a queue', async () => {
  const { events, lambda, executor, rule, targets, queue, receive, settings } = await start()
  const sns = new SNSClient(settings)
  onTestFinished(() => sns.destroy())
  const { TopicArn = '' } = await sns.send(new CreateTopicCommand({ Name: 'ends' }))
  const { url, arn: Endpoint } = await queue()
  const Attributes = { RawMessageDelivery: 'true' }
  await sns.send(new SubscribeCommand({ TopicArn, Protocol: 'sqs', Endpoint, Attributes }))
  await rule({ EventPattern: '{"source":["lambda"],"detail":{"requestContext":{"condition":["Success"]}}}' })
  await targets('placed', { Id: 't', Arn: TopicArn })
  const { Arn: Destination } = await events.send(new DescribeEventBusCommand({}))
  await lambda.send(
    new PutFunctionEventInvokeConfigCommand({
      FunctionName: 'shop',
      DestinationConfig: { OnSuccess: { Destination }, OnFailure: { Destination: TopicArn } },
      MaximumRetryAttempts: 0,
    }),
  )
  const invoke = (Payload: string) =>
    lambda.send(new InvokeCommand({ FunctionName: 'shop', InvocationType: 'Event', Payload }))
  await invoke('{"id":7}')
  const [message] = await receive(url, { WaitTimeSeconds: 20 })
  expect(JSON.parse(message?.Body ?? '')).toMatchObject({
    source: 'lambda',
    'detail-type': 'Lambda Function Invocation Result - Success',
    resources: [`${arnOf('shop')}:$LATEST`],
    detail: { requestPayload: { id: 7 }, requestContext: { condition: 'Success' } },
  })
  executor.answer = () => ({ payload: Buffer.from('{}'), functionError: 'Unhandled', logTail: '' })
  await invoke('{"id":8}')
  const [failed] = await receive(url, { WaitTimeSeconds: 20 })
  expect(JSON.parse(failed?.Body ?? '')).toMatchObject({
    requestPayload: { id: 8 },
    requestContext: { condition: 'RetriesExhausted' },
  })
})

import { EventBridgeClient, PutRuleCommand, PutTargetsCommand } from '@aws-sdk/client-eventbridge'
import { CreateTopicCommand, SNSClient, SubscribeCommand } from '@aws-sdk/client-sns'
import { expect, onTestFinished, test, vi } from 'vitest'
import { account, arnOf } from '../lambda/sandbox.ts'
import { startSources } from './sources.ts'

const rule = (name: string) => `arn:aws:events:eu-west-1:${account}:rule/${name}`

test('an event goes through the topic, the rule or the schedule of a function, in a form that fits the filter', async () => {
  const { settings, feeds, permit, payloads } = await startSources()
  const [sns, events] = [new SNSClient(settings), new EventBridgeClient(settings)]
  onTestFinished(() => [sns, events].forEach((client) => client.destroy()))
  const shop = arnOf('shop')
  expect(await feeds['sns']?.(shop, undefined)).toBeUndefined()
  expect(await feeds['eventbridge']?.(shop, undefined)).toBeUndefined()
  expect(await feeds['schedule']?.(shop, undefined)).toBeUndefined()

  const { TopicArn = '' } = await sns.send(new CreateTopicCommand({ Name: 'news' }))
  const FilterPolicy = '{"kind":["order"],"total":[{"numeric":[">",5]}]}'
  await sns.send(
    new SubscribeCommand({ TopicArn, Protocol: 'lambda', Endpoint: shop, Attributes: { FilterPolicy } }),
  )
  const put = (input: ConstructorParameters<typeof PutRuleCommand>[0]) =>
    events.send(new PutRuleCommand(input))
  await put({ Name: 'placed', EventPattern: '{"source":["shop"],"detail":{"kind":["order"]}}' })
  await put({ Name: 'nightly', ScheduleExpression: 'cron(0 3 * * ? *)' })
  for (const Rule of ['placed', 'nightly'])
    await events.send(new PutTargetsCommand({ Rule, Targets: [{ Id: 'f', Arn: shop }] }))
  await permit('sns.amazonaws.com', TopicArn)
  await permit('events.amazonaws.com', rule('*'))

  const attributes = { kind: { type: 'String', text: 'order' }, total: { type: 'Number', text: '6' } }
  expect(await feeds['sns']?.(shop, 'hello')).toEqual({
    through: TopicArn,
    sent: { message: 'hello', attributes },
  })
  expect(await feeds['eventbridge']?.(shop, undefined)).toMatchObject({
    through: rule('placed'),
    sent: { source: 'shop', detail: { kind: 'order' } },
  })
  await expect(feeds['eventbridge']?.(shop, '{"kind":"other"}')).rejects.toThrow(
    'The rule placed does not let this event through',
  )
  await expect(feeds['eventbridge']?.(shop, 'no JSON')).rejects.toThrow(
    'The detail of an event is a JSON object',
  )
  expect(await feeds['schedule']?.(shop, undefined)).toMatchObject({ through: rule('nightly') })
  await vi.waitFor(() => expect(payloads()).toHaveLength(3))
  expect(payloads()).toEqual(
    expect.arrayContaining([
      expect.objectContaining({ Records: [expect.objectContaining({ EventSource: 'aws:sns' })] }),
      expect.objectContaining({ source: 'shop', detail: { kind: 'order' } }),
      expect.objectContaining({ 'detail-type': 'Scheduled Event', resources: [rule('nightly')] }),
    ]),
  )
})

import { AddPermissionCommand } from '@aws-sdk/client-lambda'
import { expect, test, vi } from 'vitest'
import { createDelivery } from '../../../src/sandbox/delivery/deliver.ts'
import { functionTarget, queueTarget } from '../../../src/sandbox/delivery/targets.ts'
import { functionsOf } from '../../../src/sandbox/functions.ts'
import { startPolled } from '../lambda/polling/polled.ts'
import { account, arnOf, createActive } from '../lambda/sandbox.ts'

const topic = { principals: ['sns.amazonaws.com'], sourceArn: `arn:aws:sns:eu-west-1:${account}:news` }

test('a parcel reaches functions that allow it, and queues; anything else is told', async () => {
  const { client, executor, lambda, queues, make, attributes, receive } = await startPolled()
  const delivery = createDelivery({
    lambda: functionTarget(functionsOf(() => lambda.service.operations)),
    sqs: queueTarget(queues.reader),
  })
  await createActive(client, 'shop')
  const shop = arnOf('shop')
  expect(await delivery.deliver(shop, { body: '{"n":1}' }, topic)).toMatchObject({
    code: 'AccessDeniedException',
  })
  await client.send(
    new AddPermissionCommand({
      FunctionName: 'shop',
      StatementId: 'news',
      Action: 'lambda:InvokeFunction',
      Principal: 'sns.amazonaws.com',
      SourceArn: topic.sourceArn,
    }),
  )
  expect(await delivery.deliver(shop, { body: '{"n":2}' }, topic)).toBeUndefined()
  await vi.waitFor(() => expect(executor.invocations).toHaveLength(1))
  expect(Buffer.from(executor.invocations[0]?.invocation.payload ?? '').toString()).toBe('{"n":2}')

  const url = await make({ FifoQueue: 'true' })
  const { QueueArn = '' } = await attributes(url)
  expect(await delivery.deliver(QueueArn, { body: 'a' })).toMatchObject({
    message: 'The request must contain the parameter MessageGroupId.',
  })
  const attribute = { kind: { type: 'String', text: 'order' } }
  for (const body of ['b', 'b', 'c'])
    expect(await delivery.deliver(QueueArn, { body, group: 'g', attributes: attribute })).toBeUndefined()
  const got = await receive(url, { MessageAttributeNames: ['All'], MessageSystemAttributeNames: ['All'] })
  expect(got.map(({ Body, Attributes = {} }) => [Body, Attributes['MessageGroupId']])).toEqual([
    ['b', 'g'],
    ['c', 'g'],
  ])
  expect(got[0]?.MessageAttributes).toEqual({ kind: { DataType: 'String', StringValue: 'order' } })
  expect(await delivery.deliver('arn:aws:firehose:eu-west-1:0:x', { body: '' })).toMatchObject({
    status: 501,
  })
})

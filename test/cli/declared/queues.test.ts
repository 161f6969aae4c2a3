import {
  CreateEventSourceMappingCommand,
  DeleteEventSourceMappingCommand,
  GetEventSourceMappingCommand,
  TagResourceCommand,
} from '@aws-sdk/client-lambda'
import { CreateQueueCommand, SQSClient } from '@aws-sdk/client-sqs'
import { beforeAll, expect, test } from 'vitest'
import { runTo } from '../cli.ts'
import { clientSettings, useSandbox } from '../sandbox.ts'
import { makeService, type Service } from '../service.ts'
import { here, mappings } from './seen.ts'

const sandbox = useSandbox()
const on = ['-e', 'test']

beforeAll(async () => {
  const sqs = new SQSClient(clientSettings(sandbox().url))
  for (const QueueName of ['orders', 'returns']) await sqs.send(new CreateQueueCommand({ QueueName }))
  await sqs.send(new CreateQueueCommand({ QueueName: 'hasty', Attributes: { VisibilityTimeout: '3' } }))
})

const seen = (service: Service) => mappings(sandbox(), service)
const deploy = (service: Service, exit = 0, ...more: string[]) =>
  runTo(exit, ['deploy', ...on, ...more], sandbox().place(service))

test('a queue is mapped to the alias after the first release, changed field by field, and taken away', async () => {
  const service = await makeService()
  await service.writeField('triggers: {orders: {sqs: orders}}')
  const first = await deploy(service)
  expect(`${first.stderr}${first.stdout}`).toContain('triggers.orders: none → SQS queue orders')
  const made = (await seen(service))['orders']
  const FunctionArn = here('lambda', `function:${service.lambdaName}:live`)
  expect(made).toMatchObject({ trigger: 'orders', BatchSize: 10, FunctionArn })
  expect((await deploy(service)).stdout).toContain('nothing to deploy')
  await service.writeField(`triggers: {orders: {sqs: "${here('sqs', 'orders')}", batchSize: 20, batchWindow: 5s,
      reportBatchItemFailures: true, maximumConcurrency: 5, filters: [{body: {kind: [order]}}]}}`)
  await deploy(service)
  expect((await seen(service))['orders']).toMatchObject({
    UUID: made?.UUID,
    BatchSize: 20,
    MaximumBatchingWindowInSeconds: 5,
    FunctionResponseTypes: ['ReportBatchItemFailures'],
    ScalingConfig: { MaximumConcurrency: 5 },
    FilterCriteria: { Filters: [{ Pattern: '{"body":{"kind":["order"]}}' }] },
  })
  await service.writeField('triggers: {orders: {sqs: orders}}')
  await deploy(service)
  const plain = (await seen(service))['orders']
  expect(plain).toMatchObject({ UUID: made?.UUID, BatchSize: 10, MaximumBatchingWindowInSeconds: 0 })
  expect(plain?.FunctionResponseTypes).toEqual([])
  expect(plain?.FilterCriteria).toBeUndefined()
  expect(plain?.ScalingConfig?.MaximumConcurrency).toBeUndefined()
  await service.writeField('triggers: {}')
  await deploy(service)
  expect(await seen(service)).toEqual({})
  const history = await runTo(0, ['history', 'hello', ...on], sandbox().place(service))
  expect(history.stdout).toMatch(/triggers[^\n]*\n +removed orders/)
})

test('a mapping that has another name in the file stays, and one of another queue takes its place', async () => {
  const service = await makeService()
  await service.writeField('triggers: {orders: {sqs: orders}}')
  await deploy(service)
  const made = (await seen(service))['orders']?.UUID
  await service.writeField('triggers: {sales: {sqs: orders}}')
  const renamed = await deploy(service)
  expect(`${renamed.stderr}${renamed.stdout}`).toContain(
    'triggers.sales: SQS queue orders as orders → SQS queue orders as sales',
  )
  expect((await seen(service))['orders']).toMatchObject({ UUID: made, trigger: 'sales' })
  await service.writeField('triggers: {sales: {sqs: returns}}')
  const list = () => runTo(0, ['triggers', 'list', 'hello', ...on], sandbox().place(service))
  expect((await list()).stdout).toMatch(
    /triggers\.sales is not as in the file: .*returns[^]*→ To make them as in the file: lambdactl deploy hello --env test/,
  )
  await deploy(service)
  expect((await list()).stdout).not.toContain('as in the file')
  expect(Object.keys(await seen(service))).toEqual(['returns'])
})

test("somebody else's mapping is in the way before anything is changed, and can be taken over", async () => {
  const service = await makeService()
  const place = await sandbox().deployFirst(service)
  const { lambda } = sandbox()
  const theirs = await lambda.send(
    new CreateEventSourceMappingCommand({
      FunctionName: `${service.lambdaName}:live`,
      EventSourceArn: here('sqs', 'orders'),
      BatchSize: 3,
    }),
  )
  await service.writeField('triggers: {orders: {sqs: orders}}')
  await service.writeHandler('export const handler = async () => "two"')
  const refused = await deploy(service, 6)
  expect(refused.stderr).toContain(
    `trigger orders: a mapping of SQS queue orders to live is there that lambdactl did not make (${theirs.UUID})`,
  )
  expect(refused.stderr).toContain(`--tags lambdactl:trigger=orders`)
  expect(await sandbox().versions(service.lambdaName)).toEqual(['1'])
  await lambda.send(
    new TagResourceCommand({
      Resource: theirs.EventSourceMappingArn,
      Tags: { 'lambdactl:trigger': 'orders' },
    }),
  )
  await deploy(service)
  expect((await seen(service))['orders']).toMatchObject({ UUID: theirs.UUID, BatchSize: 10 })
  await lambda.send(new DeleteEventSourceMappingCommand({ UUID: theirs.UUID }))
  const other = await lambda.send(
    new CreateEventSourceMappingCommand({
      FunctionName: `${service.lambdaName}:live`,
      EventSourceArn: here('sqs', 'returns'),
    }),
  )
  await service.writeField('triggers: {}')
  await runTo(0, ['deploy', ...on], place)
  const { UUID } = await lambda.send(new GetEventSourceMappingCommand({ UUID: other.UUID }))
  expect(UUID).toBe(other.UUID)
})

test('a queue that is not there, or that shows messages too soon, is refused with the command for it', async () => {
  const service = await makeService()
  await service.writeField('triggers: {orders: {sqs: absent}, fast: {sqs: hasty}}')
  const refused = await deploy(service, 6)
  expect(refused.stderr).toContain('there is no queue absent in eu-west-1 of account 000000000000')
  expect(refused.stderr).toContain('sqs create-queue --queue-name absent')
  expect(refused.stderr).toContain('--attributes VisibilityTimeout=30')
  expect(
    await sandbox()
      .versions(service.lambdaName)
      .catch(() => []),
  ).toEqual([])
})

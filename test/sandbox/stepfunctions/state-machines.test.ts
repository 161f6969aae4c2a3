import { setTimeout } from 'node:timers/promises'
import {
  CreateAliasCommand,
  CreateFunctionCommand,
  PublishVersionCommand,
  UpdateFunctionCodeCommand,
  waitUntilFunctionActiveV2,
  waitUntilFunctionUpdatedV2,
} from '@aws-sdk/client-lambda'
import {
  CreateStateMachineCommand,
  DeleteStateMachineCommand,
  DescribeExecutionCommand,
  DescribeStateMachineCommand,
  GetExecutionHistoryCommand,
  ListExecutionsCommand,
  ListStateMachinesCommand,
  ListTagsForResourceCommand,
  SFNClient,
  StartExecutionCommand,
  StopExecutionCommand,
  TagResourceCommand,
  UntagResourceCommand,
  UpdateStateMachineCommand,
} from '@aws-sdk/client-sfn'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { useSandbox } from '../../cli/sandbox.ts'
import { zipOf } from '../lambda/zip.ts'
import { clientSettings } from '../serve.ts'

const roleArn = 'arn:aws:iam::000000000000:role/flow'
const alias = 'arn:aws:lambda:eu-west-1:000000000000:function:charge:live'
const sandbox = useSandbox(60)
let client: SFNClient
let count = 0

/** A version of the function: it fails for orders without an id. */
const handler = (version: string) => `export const handler = async ({ id }) => {
  if (id) return { id, by: '${version}' }
  throw Object.assign(new Error('no id'), { name: 'InvalidOrder' })
}`

const zipped = (text: string) => zipOf([{ name: 'index.mjs', content: text }])

beforeAll(async () => {
  client = new SFNClient(clientSettings(sandbox().url))
  const { lambda } = sandbox()
  const FunctionName = 'charge'
  const soon = { client: lambda, maxWaitTime: 30, minDelay: 0.1, maxDelay: 0.1 }
  await lambda.send(
    new CreateFunctionCommand({
      FunctionName,
      Runtime: 'nodejs24.x',
      Handler: 'index.handler',
      Role: roleArn,
      Code: { ZipFile: zipped(handler('one')) },
    }),
  )
  await waitUntilFunctionActiveV2(soon, { FunctionName })
  await lambda.send(new PublishVersionCommand({ FunctionName }))
  await lambda.send(new UpdateFunctionCodeCommand({ FunctionName, ZipFile: zipped(handler('two')) }))
  await waitUntilFunctionUpdatedV2(soon, { FunctionName })
  await lambda.send(new PublishVersionCommand({ FunctionName }))
  const RoutingConfig = { AdditionalVersionWeights: { 2: 0.5 } }
  await lambda.send(
    new CreateAliasCommand({ FunctionName, Name: 'live', FunctionVersion: '1', RoutingConfig }),
  )
})
afterAll(() => client.destroy())

const done = { Type: 'Succeed' }

/** Makes a machine of these states; the first one starts. */
async function make(states: Record<string, object>, more: object = {}): Promise<string> {
  const definition = JSON.stringify({ StartAt: Object.keys(states)[0], States: states, ...more })
  const name = `flow-${(count += 1)}`
  const made = await client.send(new CreateStateMachineCommand({ name, definition, roleArn }))
  return made.stateMachineArn ?? ''
}

/** Runs an execution to its end. */
async function run(stateMachineArn: string, input: object = {}) {
  const start = new StartExecutionCommand({ stateMachineArn, input: JSON.stringify(input) })
  const { executionArn } = await client.send(start)
  for (;;) {
    const told = await client.send(new DescribeExecutionCommand({ executionArn }))
    if (told.status !== 'RUNNING') return told
    await setTimeout(10)
  }
}

const invoke = {
  Type: 'Task',
  Resource: 'arn:aws:states:::lambda:invoke',
  Parameters: { FunctionName: alias, 'Payload.$': '$' },
}

test('a task goes by the weights of the alias', async () => {
  const machine = await make({ Charge: { ...invoke, OutputPath: '$.Payload', End: true } })
  const told = await Promise.all(Array.from({ length: 30 }, () => run(machine, { id: 'a' })))
  const versions = new Set(told.map(({ output = '{}' }) => (JSON.parse(output) as { by: string }).by))
  expect([...versions].toSorted()).toEqual(['one', 'two'])
})

test('a task by the ARN of a function has its answer as output', async () => {
  const machine = await make({ Charge: { Type: 'Task', Resource: alias, End: true } })
  const { status, output = '' } = await run(machine, { id: 'a' })
  expect([status, JSON.parse(output)]).toMatchObject(['SUCCEEDED', { id: 'a' }])
})

test('an error of the function is retried by its type, with the intervals of the fast clock, and caught', async () => {
  const machine = await make({
    Charge: {
      ...invoke,
      Retry: [{ ErrorEquals: ['InvalidOrder'], IntervalSeconds: 30, MaxAttempts: 2, BackoffRate: 1 }],
      Catch: [{ ErrorEquals: ['InvalidOrder'], ResultPath: '$.error', Next: 'Reject' }],
      End: true,
    },
    Reject: { Type: 'Fail', Error: 'Rejected', Cause: 'no id' },
  })
  const told = await run(machine)
  expect(told).toMatchObject({ status: 'FAILED', error: 'Rejected', cause: 'no id' })
  const seconds = (Number(told.stopDate) - Number(told.startDate)) / 1000
  expect(seconds).toBeGreaterThanOrEqual(60)
})

test('an error that nobody catches has the type and the answer of the function', async () => {
  const { status, error, cause = '' } = await run(await make({ Charge: { ...invoke, End: true } }))
  expect([status, error, JSON.parse(cause)]).toMatchObject([
    'FAILED',
    'InvalidOrder',
    { errorMessage: 'no id' },
  ])
})

test('a wait goes by the fast clock, and a history tells the states', async () => {
  const machine = await make({ Wait: { Type: 'Wait', Seconds: 60, Next: 'Done' }, Done: done })
  const { executionArn, status, startDate, stopDate } = await run(machine)
  expect(status).toBe('SUCCEEDED')
  expect((Number(stopDate) - Number(startDate)) / 1000).toBeGreaterThanOrEqual(60)
  const { events = [] } = await client.send(new GetExecutionHistoryCommand({ executionArn }))
  expect(events.map(({ id, type }) => `${id} ${type}`)).toEqual([
    '1 ExecutionStarted',
    '2 WaitStateEntered',
    '3 WaitStateExited',
    '4 SucceedStateEntered',
    '5 SucceedStateExited',
    '6 ExecutionSucceeded',
  ])
})

test('an execution is stopped, and its name serves once', async () => {
  const stateMachineArn = await make({ Wait: { Type: 'Wait', Seconds: 86_400, End: true } })
  const start = new StartExecutionCommand({ stateMachineArn, name: 'one', input: '{}' })
  const { executionArn } = await client.send(start)
  expect((await client.send(start)).executionArn).toBe(executionArn)
  await client.send(new StopExecutionCommand({ executionArn, error: 'Stopped', cause: 'enough' }))
  const told = await client.send(new DescribeExecutionCommand({ executionArn }))
  expect(told).toMatchObject({ status: 'ABORTED', error: 'Stopped', cause: 'enough' })
  await expect(client.send(start)).rejects.toMatchObject({ name: 'ExecutionAlreadyExists' })
  const listed = await client.send(new ListExecutionsCommand({ stateMachineArn, statusFilter: 'ABORTED' }))
  expect(listed.executions).toMatchObject([{ name: 'one', status: 'ABORTED' }])
})

test('a machine is described, changed, tagged, listed and deleted', async () => {
  const stateMachineArn = await make({ Done: done })
  const resourceArn = stateMachineArn
  await client.send(new TagResourceCommand({ resourceArn, tags: [{ key: 'team', value: 'shop' }] }))
  await client.send(new TagResourceCommand({ resourceArn, tags: [{ key: 'env', value: 'test' }] }))
  await client.send(new UntagResourceCommand({ resourceArn, tagKeys: ['env'] }))
  const { tags } = await client.send(new ListTagsForResourceCommand({ resourceArn }))
  expect(tags).toEqual([{ key: 'team', value: 'shop' }])
  const definition = JSON.stringify({ StartAt: 'Other', States: { Other: done } })
  await client.send(new UpdateStateMachineCommand({ stateMachineArn, definition }))
  const told = await client.send(new DescribeStateMachineCommand({ stateMachineArn }))
  expect(told).toMatchObject({ definition, roleArn, status: 'ACTIVE', type: 'STANDARD' })
  const first = await client.send(new ListStateMachinesCommand({ maxResults: 1 }))
  expect(first).toMatchObject({ stateMachines: [{}], nextToken: '1' })
  await client.send(new DeleteStateMachineCommand({ stateMachineArn }))
  await expect(client.send(new DescribeStateMachineCommand({ stateMachineArn }))).rejects.toMatchObject({
    name: 'StateMachineDoesNotExist',
  })
})

test.each([
  ['a state that is not there', { A: { Type: 'Pass', Next: 'B' } }, 'InvalidDefinition'],
  ['JSONata', { A: { Type: 'Pass', QueryLanguage: 'JSONata', End: true } }, 'NotImplemented'],
  [
    'a task of another service',
    { A: { Type: 'Task', Resource: 'arn:aws:states:::sqs:sendMessage', Parameters: {}, End: true } },
    'NotImplemented',
  ],
])('a definition with %s is refused', async (_what, states, code) => {
  await expect(make(states)).rejects.toMatchObject({ name: code })
})

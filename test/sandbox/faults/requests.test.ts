import { CloudWatchClient, ListMetricsCommand } from '@aws-sdk/client-cloudwatch'
import {
  CloudWatchLogsClient,
  CreateLogGroupCommand,
  DescribeLogGroupsCommand,
} from '@aws-sdk/client-cloudwatch-logs'
import { InvokeCommand, LambdaClient, ListFunctionsCommand } from '@aws-sdk/client-lambda'
import { ListBucketsCommand, S3Client } from '@aws-sdk/client-s3'
import { GetParameterCommand, SSMClient } from '@aws-sdk/client-ssm'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import type { FaultKind } from '../../../src/sandbox/faults/fault.ts'
import type { SeenRequest } from '../../../src/sandbox/own/seen-request.ts'
import { type Sandbox, startSandbox } from '../../../src/sandbox/start.ts'
import { clientSettings } from '../serve.ts'

const seen: SeenRequest[] = []
let sandbox: Sandbox
let logs: CloudWatchLogsClient
beforeAll(async () => {
  sandbox = await startSandbox({ port: 0, accessKey: 'test', onRequest: (request) => seen.push(request) })
  logs = new CloudWatchLogsClient(clientSettings(sandbox.url))
})
afterEach(() => {
  sandbox.faults.clear()
  seen.length = 0
})
afterAll(async () => {
  logs.destroy()
  await sandbox.close()
})

interface Answered {
  name: string
  $metadata: { httpStatusCode: number }
}

/** The answers of the services to a request, as the name of the error and the status. */
async function failures(kind: FaultKind): Promise<string[]> {
  sandbox.faults.add({ kind })
  const settings = clientSettings(sandbox.url)
  const lambda = new LambdaClient(settings)
  const invoke = new InvokeCommand({ FunctionName: 'any' })
  const answers = await Promise.allSettled([
    lambda.send(new ListFunctionsCommand({})),
    lambda.send(invoke),
    logs.send(new DescribeLogGroupsCommand({})),
    new CloudWatchClient(settings).send(new ListMetricsCommand({})),
    new S3Client({ ...settings, forcePathStyle: true }).send(new ListBucketsCommand({})),
    new SSMClient(settings).send(new GetParameterCommand({ Name: 'any' })),
  ])
  return answers.map((answer) => {
    if (answer.status === 'fulfilled') return 'no error'
    const { name, $metadata } = answer.reason as Answered
    return `${name} ${$metadata.httpStatusCode}`
  })
}

test('each service throttles in its own words', async () => {
  expect(await failures('throttle')).toEqual([
    'TooManyRequestsException 429',
    'TooManyRequestsException 429',
    'ThrottlingException 400',
    'Throttling 400',
    'SlowDown 503',
    'ThrottlingException 400',
  ])
  expect(seen.map(({ fault }) => fault)).toEqual(Array.from({ length: 6 }, () => 'throttle'))
})

test('each service fails in its own words', async () => {
  expect(await failures('error')).toEqual([
    'ServiceException 500',
    'ServiceException 500',
    'ServiceUnavailableException 500',
    'InternalServiceFault 500',
    'InternalError 500',
    'InternalServerError 500',
  ])
})

const group = (logGroupName: string) => logs.send(new CreateLogGroupCommand({ logGroupName }))
const groups = async () =>
  (await logs.send(new DescribeLogGroupsCommand({}))).logGroups?.map(({ logGroupName }) => logGroupName)

test('a dropped answer ends the connection after the effect; a page comes without one', async () => {
  sandbox.faults.add({ kind: 'drop', target: 'CreateLogGroup', times: 1 })
  await expect(group('dropped')).rejects.toMatchObject({ code: 'ECONNRESET' })
  sandbox.faults.add({ kind: 'page', target: 'logs:Create*', times: 1 })
  await expect(group('paged')).rejects.toThrow(/<!doctype|Unexpected token|JSON/)
  await group('well')
  expect(await groups()).toEqual(['dropped', 'well'])
  expect(seen.map(({ operation, status, fault }) => ({ operation, status, fault }))).toEqual([
    { operation: 'CreateLogGroup', status: 200, fault: 'drop' },
    { operation: 'CreateLogGroup', status: 200, fault: 'page' },
    { operation: 'CreateLogGroup', status: 200, fault: undefined },
  ])
})

test('a late answer is late by the delay, and may fail as well', async () => {
  sandbox.faults.add({ kind: 'latency', target: 'DescribeLogGroups', byMs: 150 })
  sandbox.faults.add({ kind: 'throttle', target: 'DescribeLogGroups' })
  const [late] = await Promise.allSettled([groups(), group('quick')])
  expect(late).toMatchObject({ status: 'rejected', reason: { name: 'ThrottlingException' } })
  expect(seen.map(({ operation }) => operation)).toEqual(['CreateLogGroup', 'DescribeLogGroups'])
})

test('a fault that is narrowed hits only the calls about its resource', async () => {
  sandbox.faults.add({ kind: 'throttle', target: 'CreateLogGroup', on: 'narrow-*' })
  await group('wide')
  await expect(group('narrow-1')).rejects.toMatchObject({ name: 'ThrottlingException' })
  sandbox.faults.add({ kind: 'error', target: 'Invoke', on: 'shop:live' })
  const lambda = new LambdaClient(clientSettings(sandbox.url))
  const codes = ['live', 'other', undefined].map((Qualifier) =>
    lambda.send(new InvokeCommand({ FunctionName: 'shop', Qualifier })).catch(({ name }: Error) => name),
  )
  expect(await Promise.all(codes)).toEqual([
    'ServiceException',
    'ResourceNotFoundException',
    'ResourceNotFoundException',
  ])
})

test('only the own key of the sandbox sets faults, and never a web page', async () => {
  const ask = (key: string, headers: Record<string, string> = {}, body = '{"kind": "throttle"}') =>
    fetch(`${sandbox.url}/faults`, {
      method: 'POST',
      body,
      headers: {
        authorization: `AWS4-HMAC-SHA256 Credential=${key}/20261127/local/sandbox/aws4_request, SignedHeaders=host, Signature=0`,
        ...headers,
      },
    })
  expect((await ask('other')).status).toBe(403)
  expect((await ask('test', { origin: 'http://example.com' })).status).toBe(403)
  expect(sandbox.faults.list()).toEqual([])
  expect((await ask('test')).status).toBe(200)
  expect(sandbox.faults.list()).toHaveLength(1)
  for (const body of ['', 'null', '{', '[1]']) expect((await ask('test', {}, body)).status).toBe(400)
})

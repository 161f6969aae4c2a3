import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { FilterLogEventsCommand } from '@aws-sdk/client-cloudwatch-logs'
import { CreateAliasCommand, GetAliasCommand, InvokeCommand } from '@aws-sdk/client-lambda'
import { expect, onTestFinished, test } from 'vitest'
import {
  invoke,
  nodeHandler,
  publishFirst,
  publishNext,
  type RunningSandbox,
  runSandbox,
} from './running-sandbox.ts'

/** A runtime of one's own: it asks for an invocation and answers it, in a loop. */
const bootstrap = `#!/usr/bin/env python3
import json, os, urllib.request
api = 'http://' + os.environ['AWS_LAMBDA_RUNTIME_API'] + '/2018-06-01/runtime/invocation/'
while True:
    with urllib.request.urlopen(api + 'next') as request:
        event, id = json.load(request), request.headers['Lambda-Runtime-Aws-Request-Id']
    print('own runtime', event['name'], flush=True)
    answer = json.dumps({'hello': event['name'], 'version': os.environ['AWS_LAMBDA_FUNCTION_VERSION']})
    urllib.request.urlopen(api + id + '/response', answer.encode())
`

const python = `import os
def handler(event, context):
    print('own runtime', event['name'])
    return {'hello': event['name'], 'version': context.function_version}
`

const node = `export const handler = async (event, context) => {
  console.log('own runtime', event.name)
  return { hello: event.name, version: context.functionVersion }
}
`

async function messages({ logs }: RunningSandbox, name: string): Promise<string[]> {
  const filter = new FilterLogEventsCommand({ logGroupName: `/aws/lambda/${name}` })
  const { events = [] } = await logs.send(filter)
  return events.map(({ message = '' }) => message)
}

test.each([
  ['nodejs24.x', 'index.handler', { name: 'index.mjs', content: node }],
  ['python3.13', 'app.handler', { name: 'app.py', content: python }],
  ['provided.al2023', 'any', { name: 'bootstrap', content: bootstrap, mode: 0o100755 }],
] as const)(
  'a %s function goes through the whole API: create, publish, alias, invoke, logs',
  async (Runtime, Handler, file) => {
    const running = await runSandbox()
    await publishFirst(running, 'hello', [file], { Runtime, Handler })
    await running.lambda.send(
      new CreateAliasCommand({ FunctionName: 'hello', Name: 'live', FunctionVersion: '1' }),
    )
    const answer = await invoke(running, 'hello', 'live', { name: 'Ada' })
    expect(answer).toEqual({ payload: { hello: 'Ada', version: '1' }, error: undefined, version: '1' })
    const lines = (await messages(running, 'hello')).join('\n')
    expect(lines).toMatch(
      /START RequestId: \S+ Version: 1\n[^]*own runtime Ada[^]*END RequestId[^]*REPORT RequestId/,
    )
  },
)

test('an Event invocation is answered with 202 at once, and runs', async () => {
  const running = await runSandbox()
  await publishFirst(running, 'later', nodeHandler('console.log("heard", event.name)'))
  const request = { FunctionName: 'later', InvocationType: 'Event' as const, Payload: '{"name": "Bo"}' }
  const answer = await running.lambda.send(new InvokeCommand(request))
  expect(answer.StatusCode).toBe(202)
  expect(answer.Payload ?? '').toHaveLength(0)
  const heard = async () => (await messages(running, 'later').catch(() => [])).join('\n')
  await expect.poll(heard, { timeout: 10_000 }).toMatch(/\theard Bo\n/)
})

test('a state folder survives a restart: functions, versions, weights and logs', async () => {
  const state = await mkdtemp(join(tmpdir(), 'lambdactl-end-to-end-'))
  onTestFinished(() => rm(state, { recursive: true, force: true }))
  const before = await runSandbox(state)
  await publishFirst(before, 'kept', nodeHandler('console.log("first life") ?? "one"'))
  await publishNext(before, 'kept', nodeHandler('"two"'))
  const weights = { AdditionalVersionWeights: { '2': 0.25 } }
  const alias = { FunctionName: 'kept', Name: 'live', FunctionVersion: '1', RoutingConfig: weights }
  await before.lambda.send(new CreateAliasCommand(alias))
  await invoke(before, 'kept', '1')
  await before.sandbox.close()
  const after = await runSandbox(state)
  const found = await after.lambda.send(new GetAliasCommand({ FunctionName: 'kept', Name: 'live' }))
  expect(found).toMatchObject({ FunctionVersion: '1', RoutingConfig: weights })
  expect((await invoke(after, 'kept', '1')).payload).toBe('one')
  expect((await invoke(after, 'kept', '2')).payload).toBe('two')
  expect((await messages(after, 'kept')).filter((line) => line.includes('first life'))).toHaveLength(2)
})

test('requests without Authorization, or from a web page, are refused', async () => {
  const { sandbox } = await runSandbox()
  const list = `${sandbox.url}/2015-03-31/functions/`
  const authorization =
    'AWS4-HMAC-SHA256 Credential=test/20261121/eu-west-1/lambda/aws4_request, SignedHeaders=host, Signature=0'
  expect((await fetch(list, { headers: { authorization } })).status).toBe(200)
  const unsigned = await fetch(list)
  expect(unsigned.status).toBe(403)
  const page = await fetch(list, { headers: { authorization, origin: 'https://example.com' } })
  expect(page.status).toBe(403)
  expect(page.headers.get('access-control-allow-origin')).toBeNull()
})

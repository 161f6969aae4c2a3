import { chmod } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test, vi } from 'vitest'
import { createFunctionKeys } from '../../../src/sandbox/sts/function-keys.ts'
import type { TemporaryKeys } from '../../../src/sandbox/sts/sessions.ts'
import { type Bench, openBench } from './bench.ts'
import { aNumber, containing, matching, objectWith } from './matchers.ts'

const call = `const api = 'http://' + process.env.AWS_LAMBDA_RUNTIME_API + '/2020-01-01/extension/'
const call = (path, { method = 'POST', headers = {}, events } = {}) =>
  fetch(api + path, { method, headers, ...(events && { body: JSON.stringify({ events }) }) })
const register = async (name, events) => {
  const answer = await call('register', { headers: { 'Lambda-Extension-Name': name }, events })
  const headers = { 'Lambda-Extension-Identifier': answer.headers.get('lambda-extension-identifier') }
  return { status: answer.status, body: await answer.json(), headers }
}`

/** An extension that tells what it gets; its answer to an event of INVOKE depends on the function's variables. */
const watcher = `#!${process.execPath}
${call}
const { env } = process
async function main() {
  const { body, headers } = await register('watcher', ['INVOKE', 'SHUTDOWN'])
  console.log('registered', JSON.stringify(body), [env.STAGE, env._HANDLER, env.LAMBDA_TASK_ROOT])
  if (env.EXTENSION === 'exits') process.exit(3)
  if (env.EXTENSION === 'reports') {
    const type = { 'Lambda-Extension-Function-Error-Type': 'Extension.NoKey' }
    console.log('reported', (await call('init/error', { headers: { ...headers, ...type } })).status)
    process.exit(0)
  }
  for (;;) {
    const event = await (await call('event/next', { method: 'GET', headers })).json()
    console.log('event', JSON.stringify(event))
    if (event.eventType === 'SHUTDOWN') process.exit(0)
    if (env.EXTENSION === 'crashes') process.exit(3)
    if (env.EXTENSION === 'hangs') await new Promise((done) => setTimeout(done, 60_000))
  }
}
main()
`

const handler = `process.on('SIGTERM', () => { console.log('terminated'); process.exit(0) })
exports.handler = async (event) => {
  if (event.wait) await new Promise((done) => setTimeout(done, 60_000))
  return 'answered'
}`

/** A function with a layer that has the extension. */
async function withExtension(bench: Bench, extension?: string) {
  const layer = await bench.target({ 'extensions/watcher': watcher })
  const Variables = { STAGE: 'test', ...(extension !== undefined && { EXTENSION: extension }) }
  const target = await bench.target({ 'index.js': handler }, { Environment: { Variables }, Timeout: 5 })
  return { ...target, layersDirectory: layer.codeDirectory }
}

test('an extension registers, hears of each event and of the end, and its lines are in the log', async () => {
  await using bench = await openBench()
  const target = await withExtension(bench)
  expect((await bench.invoke(target)).payload).toBe('answered')
  expect((await bench.invoke(target)).payload).toBe('answered')
  await bench.executor.close()
  const messages = bench.messages()
  const heard = messages
    .filter((line) => line.startsWith('event '))
    .map((line) => JSON.parse(line.slice('event '.length)) as unknown)
  expect(heard).toEqual([
    {
      eventType: 'INVOKE',
      deadlineMs: aNumber,
      requestId: 'request-1',
      invokedFunctionArn: target.configuration.FunctionArn,
      tracing: { type: 'X-Amzn-Trace-Id', value: matching(/^Root=/) },
    },
    objectWith({ eventType: 'INVOKE', requestId: 'request-2' }),
    { eventType: 'SHUTDOWN', deadlineMs: aNumber, shutdownReason: 'spindown' },
  ])
  const facts = { functionName: 'checkout', functionVersion: '$LATEST', handler: 'index.handler' }
  expect(messages.slice(1, 4)).toEqual([
    `registered ${JSON.stringify(facts)} [ 'test', undefined, undefined ]`,
    'EXTENSION\tName: watcher\tState: Ready\tEvents: [INVOKE, SHUTDOWN]',
    'START RequestId: request-1 Version: $LATEST',
  ])
  expect(messages.join('\n')).toMatch(/\tMax Memory Used: [1-9]\d* MB\t/)
  expect(messages.slice(-2)).toEqual([
    containing('INFO\tterminated'),
    containing('"shutdownReason":"spindown"'),
  ])
})

test('the runtime and the extensions share the time of their end', async () => {
  await using bench = await openBench()
  const stubborn = `process.on('SIGTERM', () => console.log('SIGTERM', Date.now()))
exports.handler = async () => 1`
  const { layersDirectory } = await withExtension(bench)
  await bench.invoke({ ...(await bench.target({ 'index.js': stubborn })), layersDirectory })
  await bench.executor.close()
  const [asked = '', heard = ''] = bench.messages().slice(-2)
  const { deadlineMs } = JSON.parse(heard.slice('event '.length)) as { deadlineMs: number }
  expect(deadlineMs - Number(asked.split(' ').at(-1))).toBeLessThanOrEqual(2000)
})

test('an extension hears that its function took too long', async () => {
  await using bench = await openBench()
  const target = await withExtension(bench)
  target.configuration.Timeout = 1
  expect(await bench.invoke(target, { wait: true })).toMatchObject({
    payload: { errorType: 'Sandbox.Timedout' },
  })
  await bench.executor.close()
  expect(bench.messages().at(-1)).toContain('"shutdownReason":"timeout"')
})

test.each([
  ['crashes', 'Extension.Crash', 'exit status 3', 'Ready\tEvents: [INVOKE, SHUTDOWN]'],
  [
    'exits',
    'Extension.Crash',
    'exit status 3',
    'Exited\tEvents: [INVOKE, SHUTDOWN]\tError Type: Extension.Crash',
  ],
  [
    'reports',
    'Extension.InitError',
    'exit code 0',
    'InitError\tEvents: [INVOKE, SHUTDOWN]\tError Type: Extension.NoKey',
  ],
])('an extension that %s fails the event', async (how, errorType, message, state) => {
  await using bench = await openBench()
  expect(await bench.invoke(await withExtension(bench, how), { wait: true })).toMatchObject({
    functionError: 'Unhandled',
    payload: { errorType, errorMessage: `RequestId: request-1 Error: ${message}` },
  })
  expect(bench.messages()).toContain(`EXTENSION\tName: watcher\tState: ${state}`)
})

test("a runtime's crash is told at once, whatever an extension does", async () => {
  await using bench = await openBench()
  const files = { 'index.js': 'exports.handler = () => process.exit(7)' }
  const layer = await bench.target({ 'extensions/watcher': watcher })
  const Environment = { Variables: { EXTENSION: 'hangs' } }
  const target = { ...(await bench.target(files, { Environment })), layersDirectory: layer.codeDirectory }
  expect(await bench.invoke(target)).toMatchObject({
    payload: { errorType: 'Runtime.ExitError', errorMessage: containing('exit status 7') },
  })
})

test('a start that fails leaves no keys and no folder', async () => {
  const keys = createFunctionKeys()
  const issue = vi.spyOn(keys, 'issue')
  await using bench = await openBench({ access: { keys, endpoint: () => undefined } })
  const layer = await bench.target({ extensions: 'a file' })
  const target = { ...(await bench.target({ 'index.js': '' })), layersDirectory: layer.codeDirectory }
  await expect(bench.invoke(target)).rejects.toThrow('ENOTDIR')
  for (const { value } of issue.mock.results)
    expect(keys.find((value as TemporaryKeys).accessKey)).toBeUndefined()
})

test('an extension that is no program fails the INIT phase', async () => {
  await using bench = await openBench()
  const target = await withExtension(bench)
  await chmod(join(target.layersDirectory, 'extensions/watcher'), 0o644)
  expect(await bench.invoke(target)).toMatchObject({
    payload: {
      errorType: 'Extension.LaunchError',
      errorMessage: 'RequestId: request-1 Error: fork/exec /opt/extensions/watcher: permission denied',
    },
  })
  expect(bench.messages()[1]).toBe(
    'EXTENSION\tName: watcher\tState: LaunchError\tEvents: []\tError Type: PermissionDenied',
  )
})

test('the INIT phase ends registration, also if nothing has registered', async () => {
  await using bench = await openBench()
  const target = await bench.target({
    'index.mjs': `${call}
export const handler = async () => (await register('late', ['INVOKE'])).body.errorType`,
  })
  expect((await bench.invoke(target)).payload).toBe('Extension.RegistrationClosed')
})

test('a registration that is far too long is refused', async () => {
  await using bench = await openBench()
  const target = await bench.target({
    'index.mjs': `${call}
const refused = await register('inside', ['x'.repeat(70_000)])
export const handler = async () => refused`,
  })
  expect((await bench.invoke(target)).payload).toMatchObject({
    status: 403,
    body: { errorType: 'InvalidRequestFormat' },
  })
})

test('a part of the runtime registers for events, in the INIT phase only', async () => {
  await using bench = await openBench()
  const target = await bench.target({
    'index.mjs': `${call}
const refused = await register('inside', ['SHUTDOWN'])
const { headers } = await register('inside', ['INVOKE'])
const heard = []
const wait = async () => {
  const event = await (await call('event/next', { method: 'GET', headers })).json()
  heard.push(event.requestId)
  wait()
}
wait()
export const handler = async () => {
  const { body } = await register('late', ['INVOKE'])
  const telemetry = await fetch(api.replace('2020-01-01/extension/', '2022-07-01/telemetry'), { method: 'PUT' })
  const unknown = await call('event/next', { method: 'GET', headers: { 'Lambda-Extension-Identifier': 'x' } })
  await new Promise((done) => setTimeout(done, 50))
  return [refused.body.errorType, heard, body.errorType, telemetry.status, (await unknown.json()).errorType]
}`,
  })
  const answer = [
    'Extension.InvalidEventType',
    ['request-1'],
    'Extension.RegistrationClosed',
    202,
    'Extension.UnknownExtensionIdentifier',
  ]
  expect((await bench.invoke(target)).payload).toEqual(answer)
  expect(bench.messages()).toContain('EXTENSION\tName: inside\tState: Ready\tEvents: [INVOKE]')
  expect(bench.messages()).toContain(
    "The sandbox has no Telemetry API, so no extension gets the function's telemetry.",
  )
})

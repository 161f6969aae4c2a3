import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { access, rm } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { ThrottledError } from '../../../src/sandbox/execution/model/executor.ts'
import { checkout, openBench } from './bench.ts'
import { isAlive } from './processes.ts'

const code = {
  'index.js': `exports.handler = async (event) => {
    if (event.wait) await new Promise((r) => setTimeout(r, event.wait))
    return { pid: process.pid, type: process.env.AWS_LAMBDA_INITIALIZATION_TYPE }
  }`,
}

test('events at the same time get environments of their own, one after the other the last used', async () => {
  await using bench = await openBench()
  const target = await bench.target(code)
  const answers = await Promise.all([300, 300, 600].map((wait) => bench.invoke(target, { wait })))
  const pids = answers.map(({ payload }) => (payload as { pid: number }).pid)
  expect(new Set(pids).size).toBe(3)
  expect(new Set(bench.logged.map(({ stream }) => stream)).size).toBe(3)
  expect(await bench.invoke(target)).toMatchObject({ payload: { pid: pids[2] } })
})

test("nothing of the sandbox's own variables reaches a handler, and reserved ones stay", async () => {
  process.env['SECRET_OF_THE_SANDBOX'] = 'leaked'
  await using bench = await openBench()
  const target = await bench.target(
    { 'index.js': 'exports.handler = async () => process.env' },
    { Environment: { Variables: { TABLE: 'orders', TZ: 'Europe/Berlin', AWS_REGION: 'mine' } } },
  )
  const { payload } = await bench.invoke(target)
  delete process.env['SECRET_OF_THE_SANDBOX']
  expect(Object.keys(payload as object).toSorted()).toEqual([
    'AWS_ACCESS_KEY_ID',
    'AWS_DEFAULT_REGION',
    'AWS_EXECUTION_ENV',
    'AWS_LAMBDA_FUNCTION_MEMORY_SIZE',
    'AWS_LAMBDA_FUNCTION_NAME',
    'AWS_LAMBDA_FUNCTION_VERSION',
    'AWS_LAMBDA_INITIALIZATION_TYPE',
    'AWS_LAMBDA_LOG_FORMAT',
    'AWS_LAMBDA_LOG_GROUP_NAME',
    'AWS_LAMBDA_LOG_STREAM_NAME',
    'AWS_LAMBDA_RUNTIME_API',
    'AWS_REGION',
    'AWS_SECRET_ACCESS_KEY',
    'AWS_SESSION_TOKEN',
    'HOME',
    'LAMBDA_RUNTIME_DIR',
    'LAMBDA_TASK_ROOT',
    'LANG',
    'LD_LIBRARY_PATH',
    'NODE_PATH',
    'PATH',
    'TABLE',
    'TMPDIR',
    'TZ',
    '_HANDLER',
    '_X_AMZN_TRACE_ID',
  ])
  expect(payload).toMatchObject({ TABLE: 'orders', TZ: 'Europe/Berlin', AWS_REGION: 'eu-west-1' })
})

test('every line of an invocation is logged before its END, however many', async () => {
  await using bench = await openBench()
  const target = await bench.target({
    'index.js': `exports.handler = async () => { for (let n = 0; n < 20000; n += 1) console.log('line', n) }`,
  })
  await bench.invoke(target)
  const messages = bench.messages()
  const lines = messages.slice(messages.indexOf('START RequestId: request-1 Version: $LATEST') + 1, -2)
  expect(lines.map((line) => line.split('\t')[3])).toEqual(
    Array.from({ length: 20_000 }, (_, n) => `line ${n}`),
  )
  expect(messages.at(-2)).toBe('END RequestId: request-1')
})

test('the log tail is the last 4 KB', async () => {
  await using bench = await openBench()
  const target = await bench.target({
    'index.js': `exports.handler = async () => { for (let n = 0; n < 500; n += 1) console.log('line', n) }`,
  })
  const { logTail } = await bench.invoke(target)
  expect(Buffer.byteLength(logTail)).toBe(4096)
  expect(logTail).toMatch(/line 499\nEND RequestId: request-1\nREPORT .*\n$/)
})

test('a reservation throttles the function, across its versions, and counts a throttle alone', async () => {
  await using bench = await openBench()
  const latest = await bench.target(code)
  const version = { ...latest, configuration: { ...latest.configuration, Version: '1' } }
  bench.executor.reserve(checkout, 1)
  const running = bench.invoke(latest, { wait: 300 })
  const error: unknown = await bench
    .invoke(version, {}, { qualifier: 'live' })
    .catch((thrown: unknown) => thrown)
  expect(error).toBeInstanceOf(ThrottledError)
  expect(error).toMatchObject({ reason: 'ReservedFunctionConcurrentInvocationLimitExceeded' })
  expect(bench.data.map(({ name, value, dimensions }) => ({ name, value, dimensions }))).toEqual([
    { name: 'Throttles', value: 1, dimensions: {} },
    { name: 'Throttles', value: 1, dimensions: { FunctionName: 'checkout' } },
    { name: 'Throttles', value: 1, dimensions: { FunctionName: 'checkout', Resource: 'checkout:live' } },
    {
      name: 'Throttles',
      value: 1,
      dimensions: { FunctionName: 'checkout', Resource: 'checkout:live', ExecutedVersion: '1' },
    },
  ])
  await running
  await bench.invoke(latest)
  bench.executor.reserve(checkout, undefined)
  await Promise.all([bench.invoke(latest, { wait: 100 }), bench.invoke(latest, { wait: 100 })])
})

test("the account's limit holds for what reservations leave", async () => {
  await using bench = await openBench({ accountConcurrency: 2 })
  const target = await bench.target(code)
  bench.executor.reserve(`${checkout}-other`, 1)
  const running = bench.invoke(target, { wait: 300 })
  await expect(bench.invoke(target)).rejects.toMatchObject({ reason: 'ConcurrentInvocationLimitExceeded' })
  await running
})

test('a retired environment ends after its work, and new code gets a new one', async () => {
  await using bench = await openBench()
  const before = await bench.target({
    'index.js': `exports.handler = async () => { await new Promise((r) => setTimeout(r, 300)); return 'old' }`,
  })
  const after = await bench.target({ 'index.js': `exports.handler = async () => 'new'` })
  const running = bench.invoke(before)
  await expect.poll(() => bench.messages().some((message) => message.startsWith('START'))).toBe(true)
  bench.executor.retire(checkout, '$LATEST')
  expect(await bench.invoke(after)).toMatchObject({ payload: 'new' })
  expect(await running).toMatchObject({ payload: 'old' })
  expect(await bench.invoke(after)).toMatchObject({ payload: 'new' })
})

test('the Runtime API refuses what a web page sends', async () => {
  await using bench = await openBench()
  const target = await bench.target({
    'index.js': `exports.handler = async () => {
      const next = 'http://' + process.env.AWS_LAMBDA_RUNTIME_API + '/2018-06-01/runtime/invocation/next'
      return (await fetch(next, { headers: { origin: 'https://example.com' } })).json()
    }`,
  })
  expect(await bench.invoke(target)).toMatchObject({ payload: { errorType: 'Forbidden' } })
})

test('a killed sandbox leaves no environment, not even one that spins, no extension and no files', async () => {
  const host = spawn(process.execPath, [fileURLToPath(new URL('./spinning-host.ts', import.meta.url))], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const [line] = (await once(host.stdout, 'data')) as [Buffer]
  const { pid, extension, home, folder } = JSON.parse(line.toString()) as Record<'home' | 'folder', string> &
    Record<'pid' | 'extension', number>
  expect([pid, extension].map(isAlive)).toEqual([true, true])
  host.kill('SIGKILL')
  await once(host, 'exit')
  await rm(folder, { recursive: true })
  await expect
    .poll(
      () =>
        access(home).then(
          () => 'there',
          () => 'gone',
        ),
      { timeout: 5000 },
    )
    .toBe('gone')
  expect([pid, extension].map(isAlive)).toEqual([false, false])
})

test('functions of one name in two Regions share neither environments nor reservations', async () => {
  await using bench = await openBench()
  const here = await bench.target(code)
  const there = await bench.target(
    { 'index.js': 'exports.handler = async () => process.env.AWS_REGION' },
    { FunctionArn: checkout.replace('eu-west-1', 'us-east-1') },
  )
  await bench.invoke(here)
  bench.executor.reserve(checkout, 0)
  expect(await bench.invoke(there)).toMatchObject({ payload: 'us-east-1' })
  await expect(bench.invoke(here)).rejects.toBeInstanceOf(ThrottledError)
})

test('variables with line breaks reach the handler as they are', async () => {
  await using bench = await openBench()
  const target = await bench.target(
    { 'index.js': 'exports.handler = async () => process.env.TEXT' },
    { Environment: { Variables: { TEXT: 'one\ntwo\r\n' } } },
  )
  expect(await bench.invoke(target)).toMatchObject({ payload: 'one\ntwo\r\n' })
})

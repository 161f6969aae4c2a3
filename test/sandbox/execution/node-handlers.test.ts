import { expect, test } from 'vitest'
import { createFunctionKeys } from '../../../src/sandbox/sts/function-keys.ts'
import { openBench } from './bench.ts'
import { aNumber, arrayWith, containing, matching, objectWith } from './matchers.ts'

const report =
  /^REPORT RequestId: (\S+)\tDuration: \d+\.\d\d ms\tBilled Duration: \d+ ms\tMemory Size: 256 MB\tMax Memory Used: [1-9]\d* MB(\tInit Duration: \d+\.\d\d ms)?\t$/

test('a CommonJS handler sees its event and its context', async () => {
  await using bench = await openBench()
  const target = await bench.target({
    'index.js': `exports.handler = async (event, context) => ({ event, ...context, left: context.getRemainingTimeInMillis() })`,
  })
  const clientContext = Buffer.from('{"client":{"name":"tést"}}').toString('base64')
  const { payload, functionError } = await bench.invoke(target, { n: 1 }, { clientContext })
  expect(functionError).toBeUndefined()
  expect(payload).toMatchObject({
    event: { n: 1 },
    functionName: 'checkout',
    functionVersion: '$LATEST',
    invokedFunctionArn: 'arn:aws:lambda:eu-west-1:123456789012:function:checkout',
    memoryLimitInMB: '256',
    awsRequestId: 'request-1',
    logGroupName: '/aws/lambda/checkout',
    logStreamName: matching(/^\d{4}\/\d\d\/\d\d\/\[\$LATEST\][0-9a-f]{32}$/),
    clientContext: { client: { name: 'tést' } },
  })
  expect((payload as { left: number }).left).toBeLessThanOrEqual(3000)
})

test('a module handler in a folder runs, and what it exports deeper', async () => {
  await using bench = await openBench()
  const target = await bench.target(
    { 'src/app.mjs': `export const api = { get: async () => 'from a module' }` },
    { Handler: 'src/app.api.get' },
  )
  expect(await bench.invoke(target)).toMatchObject({ payload: 'from a module' })
})

test('a callback answers, after what it left on the event loop', async () => {
  await using bench = await openBench()
  const target = await bench.target({
    'index.js': `exports.handler = (event, context, callback) => {
      setTimeout(() => console.log('later'), 20)
      callback(null, 'called back')
    }`,
  })
  expect(await bench.invoke(target)).toMatchObject({
    payload: 'called back',
    logTail: containing('\tINFO\tlater\n'),
  })
})

test('Node.js 24 refuses a handler with a callback', async () => {
  await using bench = await openBench()
  const target = await bench.target(
    { 'index.js': `exports.handler = (event, context, callback) => callback(null, 1)` },
    { Runtime: 'nodejs24.x' },
  )
  expect(await bench.invoke(target)).toMatchObject({
    functionError: 'Unhandled',
    payload: { errorType: 'Runtime.CallbackHandlerDeprecated' },
  })
})

test('the first run is cold and the second is warm in the same environment', async () => {
  await using bench = await openBench()
  const target = await bench.target({
    'index.js': `console.log('loading'); let n = 0; exports.handler = async () => { console.log('run', n); return ++n }`,
  })
  expect(await bench.invoke(target)).toMatchObject({ payload: 1 })
  expect(await bench.invoke(target)).toMatchObject({ payload: 2 })
  expect(bench.messages()).toEqual([
    matching(
      /^INIT_START Runtime Version: nodejs:22\.v1\tRuntime Version ARN: arn:aws:lambda:eu-west-1::runtime:[0-9a-f]{64}$/,
    ),
    matching(/^\d{4}-\d\d-\d\dT[\d:.]+Z\tundefined\tINFO\tloading$/),
    'START RequestId: request-1 Version: $LATEST',
    matching(/^\d{4}-\d\d-\d\dT[\d:.]+Z\trequest-1\tINFO\trun 0$/),
    'END RequestId: request-1',
    matching(report),
    'START RequestId: request-2 Version: $LATEST',
    matching(/\trequest-2\tINFO\trun 1$/),
    'END RequestId: request-2',
    matching(report),
  ])
  // In Lambda's recorded logs too, each line of text ends with a line break.
  expect(bench.logged.filter(({ message }) => !message.endsWith('\n'))).toEqual([])
  const reports = bench.messages().filter((message) => message.startsWith('REPORT'))
  expect(reports.map((line) => line.includes('Init Duration'))).toEqual([true, false])
  expect(new Set(bench.logged.map(({ stream }) => stream)).size).toBe(1)
})

test('a thrown error is the payload and is logged; the environment goes on', async () => {
  await using bench = await openBench()
  const target = await bench.target({
    'index.js': `let n = 0; exports.handler = async () => { if (n++ === 0) throw new TypeError('boom'); return n }`,
  })
  expect(await bench.invoke(target)).toMatchObject({
    functionError: 'Unhandled',
    payload: {
      errorType: 'TypeError',
      errorMessage: 'boom',
      trace: arrayWith('TypeError: boom'),
    },
    logTail: matching(
      /\trequest-1\tERROR\tInvoke Error \t\{"errorType":"TypeError","errorMessage":"boom","stack":\[/,
    ),
  })
  expect(await bench.invoke(target)).toMatchObject({ payload: 2 })
})

test.each([
  ['a missing module', 'other.handler', 'Runtime.ImportModuleError', "Error: Cannot find module 'other'"],
  ['a missing export', 'index.nope', 'Runtime.HandlerNotFound', 'index.nope is undefined or not exported'],
  ['a missing package', 'needs.handler', 'Runtime.ImportModuleError', containing('absent')],
  ['a syntax error', 'broken.handler', 'Runtime.UserCodeSyntaxError', matching(/^SyntaxError: /)],
])('%s fails the INIT phase', async (_, handler, errorType, errorMessage) => {
  await using bench = await openBench()
  const target = await bench.target(
    {
      'index.js': 'exports.handler = async () => 1',
      'needs.js': `require('absent')`,
      'broken.js': 'exports.handler = async () => {',
    },
    { Handler: handler },
  )
  const answer = await bench.invoke(target)
  expect(answer).toMatchObject({ functionError: 'Unhandled', payload: { errorType, errorMessage } })
  expect(answer.logTail).toContain(`Status: error\tError Type: ${errorType}\n`)
})

test('an unhandled rejection ends the environment, and the caller learns why', async () => {
  await using bench = await openBench()
  const target = await bench.target({
    'index.js': `exports.handler = async () => { Promise.reject(new Error('lost')); await new Promise((r) => setTimeout(r, 1000)) }`,
  })
  expect(await bench.invoke(target)).toMatchObject({
    payload: { errorType: 'Runtime.UnhandledPromiseRejection', errorMessage: 'Error: lost' },
  })
})

test('a promise that never settles is an error, not a time-out', async () => {
  await using bench = await openBench()
  const target = await bench.target({ 'index.js': 'exports.handler = () => new Promise(() => {})' })
  expect(await bench.invoke(target)).toMatchObject({ payload: { errorType: 'Runtime.NodeJsExit' } })
})

test('with the JSON format the platform and the console write JSON, from the level asked for', async () => {
  await using bench = await openBench()
  const target = await bench.target(
    {
      'index.js': `exports.handler = async () => {
        console.info('quiet'); console.warn({ orderId: 7 }); console.error('failed', new TypeError('boom'))
      }`,
    },
    { LoggingConfig: { LogFormat: 'JSON', ApplicationLogLevel: 'WARN', LogGroup: '/shop' } },
  )
  await bench.invoke(target)
  const records = bench.messages().map((message): unknown => JSON.parse(message))
  expect(records).toEqual([
    objectWith({ type: 'platform.initStart' }),
    objectWith({
      type: 'platform.start',
      record: objectWith({ requestId: 'request-1', version: '$LATEST' }),
    }),
    objectWith({ level: 'WARN', requestId: 'request-1', message: { orderId: 7 } }),
    objectWith({ level: 'ERROR', errorType: 'TypeError', errorMessage: 'boom' }),
    objectWith({
      type: 'platform.report',
      record: {
        requestId: 'request-1',
        status: 'success',
        metrics: {
          durationMs: aNumber,
          billedDurationMs: aNumber,
          memorySizeMB: 256,
          maxMemoryUsedMB: aNumber,
          initDurationMs: aNumber,
        },
      },
    }),
  ])
  expect(bench.logged[0]).toMatchObject({
    group: '/shop',
    stream: matching(/^\d{4}\/\d\d\/\d\d\/checkout\[\$LATEST\][0-9a-f]{32}$/),
  })
})

test.each([
  [
    `Object.assign(new Error('boom'), { name: 'Ошибка\\n' })`,
    { errorType: 'Ошибка\n', errorMessage: 'boom' },
  ],
  [`Object.assign(new Error('boom'), { name: undefined })`, { errorType: 'Error', errorMessage: 'boom' }],
  [`Object.assign(new Error('boom'), { count: 1n })`, { errorType: 'Error', errorMessage: 'boom' }],
  [`null`, { errorType: 'object', errorMessage: 'null' }],
  [`Object.create(null)`, { errorType: 'object', errorMessage: 'What was thrown cannot be described.' }],
])('what a handler throws is told, also when it is %s', async (thrown, payload) => {
  await using bench = await openBench()
  const target = await bench.target({ 'index.js': `exports.handler = async () => { throw ${thrown} }` })
  expect(await bench.invoke(target)).toMatchObject({ functionError: 'Unhandled', payload })
})

test.each([
  ['1n', { errorType: 'Runtime.MarshalError', errorMessage: containing('BigInt') }],
  ['module', { errorType: 'Runtime.MarshalError', errorMessage: containing('circular') }],
  ['undefined', null],
])('a handler that returns %s answers %j', async (returned, payload) => {
  await using bench = await openBench()
  const target = await bench.target({
    'index.js': `module.self = module; exports.handler = async () => ${returned}`,
  })
  expect((await bench.invoke(target)).payload).toEqual(payload === null ? null : objectWith(payload))
})

test('a handler that never calls back answers null when nothing is left to do', async () => {
  await using bench = await openBench()
  const target = await bench.target({ 'index.js': 'exports.handler = (event, context, callback) => {}' })
  expect(await bench.invoke(target)).toMatchObject({ payload: null, functionError: undefined })
})

test('with the system log level WARN the platform logs no start and no successful report', async () => {
  await using bench = await openBench()
  const target = await bench.target(
    { 'index.js': `exports.handler = async () => console.info('kept')` },
    { LoggingConfig: { LogFormat: 'JSON', SystemLogLevel: 'WARN' } },
  )
  await bench.invoke(target)
  expect(bench.messages()).toEqual([containing('"message":"kept"')])
})

test.each([
  ['text', 'Text', /^(\S+)\trequest-1\tINFO\thello/],
  ['JSON', 'JSON', /"timestamp":"([^"]+)","level":"INFO"/],
])("a handler's lines in %s have the time of a fast sandbox", async (_, LogFormat, line) => {
  const noon = Date.parse('2030-01-01T12:00:00Z')
  const access = {
    keys: createFunctionKeys(),
    endpoint: () => undefined,
    clock: () => `${noon} ${Date.now()} 60`,
  }
  await using bench = await openBench({ access })
  const files = { 'index.js': `exports.handler = async () => console.log('hello')` }
  await bench.invoke(await bench.target(files, { LoggingConfig: { LogFormat: LogFormat as 'JSON' } }))
  const times = bench.messages().map((message) => Date.parse(line.exec(message)?.[1] ?? ''))
  const [time = 0] = times.filter(Number.isFinite)
  expect(time).toBeGreaterThanOrEqual(noon)
  expect(time).toBeLessThan(noon + 24 * 3_600_000)
})

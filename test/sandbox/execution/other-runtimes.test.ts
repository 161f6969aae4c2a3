import { expect, test } from 'vitest'
import { createFunctionKeys } from '../../../src/sandbox/sts/function-keys.ts'
import { checkout, openBench } from './bench.ts'
import { containing, matching } from './matchers.ts'

const python = { Runtime: 'python3.13', Handler: 'app.handler' } as const
const provided = { Runtime: 'provided.al2023', Handler: 'anything' } as const

test('a Python handler answers, prints and logs', async () => {
  await using bench = await openBench()
  const target = await bench.target(
    {
      'app.py': `import logging
logging.getLogger().setLevel('INFO')
def handler(event, context):
    print('printed')
    logging.info('logged\\nin two lines')
    return {'event': event, 'id': context.aws_request_id, 'left': context.get_remaining_time_in_millis() > 0}
`,
    },
    python,
  )
  const answer = await bench.invoke(target, { name: 'ü' })
  expect(answer.payload).toEqual({ event: { name: 'ü' }, id: 'request-1', left: true })
  expect(bench.messages().slice(2, 4)).toEqual([
    'printed',
    matching(/^\[INFO\]\t\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z\trequest-1\tlogged\nin two lines$/),
  ])
})

test('an error of a Python handler is the payload, with its stack in the log', async () => {
  await using bench = await openBench()
  const code = { 'app.py': `def handler(event, context):\n    raise ValueError('boom')\n` }
  const answer = await bench.invoke(await bench.target(code, python))
  expect(answer).toMatchObject({
    functionError: 'Unhandled',
    payload: {
      errorMessage: 'boom',
      errorType: 'ValueError',
      requestId: 'request-1',
      stackTrace: [
        matching(/^ {2}File "\/var\/task\/app\.py", line 2, in handler\n {4}raise ValueError\('boom'\)/),
      ],
    },
    logTail: containing(
      '[ERROR] ValueError: boom\nTraceback (most recent call last):\n\u00a0\u00a0File "/var/task/app.py"',
    ),
  })
})

test.each([
  [
    'app.nope',
    { errorType: 'Runtime.HandlerNotFound', errorMessage: "Handler 'nope' missing on module 'app'" },
  ],
  [
    'other.handler',
    {
      errorType: 'Runtime.ImportModuleError',
      errorMessage: "Unable to import module 'other': No module named 'other'",
    },
  ],
])('the Python handler %s fails the INIT phase', async (Handler, payload) => {
  await using bench = await openBench()
  const target = await bench.target({ 'app.py': '' }, { ...python, Handler })
  expect(await bench.invoke(target)).toMatchObject({ functionError: 'Unhandled', payload })
})

test('AWS_LAMBDA_EXEC_WRAPPER starts the runtime; one that is missing ends it', async () => {
  await using bench = await openBench()
  const files = {
    'index.js': 'exports.handler = async () => process.env.WRAPPED',
    wrapper: '#!/bin/sh\nexport WRAPPED=yes\nexec "$@"\n',
  }
  const wrapped = (AWS_LAMBDA_EXEC_WRAPPER: string) =>
    bench.target(files, { Environment: { Variables: { AWS_LAMBDA_EXEC_WRAPPER } } })
  expect(await bench.invoke(await wrapped('/var/task/wrapper'))).toMatchObject({ payload: 'yes' })
  bench.executor.retire(checkout)
  expect(await bench.invoke(await wrapped('/opt/nowhere'))).toMatchObject({
    functionError: 'Unhandled',
    payload: {
      errorType: 'Runtime.ExitError',
      errorMessage: 'RequestId: request-2 Error: Runtime exited with error: exit status 127',
    },
  })
})

/** The wrapper of AWS's documentation: its options come before the last argument. */
const insertingWrapper = (...options: string[]) => `#!/bin/bash
args=("$@")
extra_args=(${options.join(' ')})
args=("\${args[@]:0:$#-1}" "\${extra_args[@]}" "\${args[@]: -1}")
exec "\${args[@]}"
`

test.each([
  [
    'Node.js',
    {
      'index.js': `exports.handler = async () => {
  console.log('said')
  return [process.execArgv.slice(-2), Object.keys(process.env).filter((name) => /LAMBDACTL/.test(name))]
}`,
      wrapper: insertingWrapper('--no-warnings', '--trace-deprecation'),
    },
    {},
    [['--no-warnings', '--trace-deprecation'], []],
  ],
  [
    'Python',
    {
      'app.py': `import os, sys
def handler(event, context):
    print('said')
    return [list(sys._xoptions), [name for name in os.environ if 'LAMBDACTL' in name]]
`,
      wrapper: insertingWrapper('-X', 'traced'),
    },
    python,
    [['traced'], []],
  ],
])(
  "AWS's own wrapper gives options to %s, and handlers don't see the sandbox's variables",
  async (_name, files, runtime, payload) => {
    await using bench = await openBench()
    const Environment = { Variables: { AWS_LAMBDA_EXEC_WRAPPER: '/var/task/wrapper' } }
    expect(await bench.invoke(await bench.target(files, { ...runtime, Environment }))).toMatchObject({
      payload,
    })
    expect(bench.messages()).toContainEqual(containing('said'))
  },
)

test("a package's own bootstrap runs as it is, in its folder", async () => {
  await using bench = await openBench()
  const target = await bench.target(
    {
      'greeting.txt': 'hello',
      bootstrap: `#!/bin/sh
api="http://$AWS_LAMBDA_RUNTIME_API/2018-06-01/runtime/invocation"
while event=$(curl -sS -D "$TMPDIR/headers" "$api/next"); do
  id=$(grep -i '^lambda-runtime-aws-request-id:' "$TMPDIR/headers" | tr -d '\\r' | cut -d ' ' -f 2)
  echo "to stdout"; echo "to stderr" >&2; printf unfinished
  curl -sS -o /dev/null -d "{\\"event\\":$event,\\"said\\":\\"$(cat greeting.txt)\\"}" "$api/$id/response"
done
`,
    },
    provided,
  )
  expect(await bench.invoke(target, [1])).toMatchObject({ payload: { event: [1], said: 'hello' } })
  expect(await bench.invoke(target, [2])).toMatchObject({ payload: { event: [2], said: 'hello' } })
  expect(bench.messages().slice(1, 6)).toEqual([
    'START RequestId: request-1 Version: $LATEST',
    'to stdout',
    'to stderr',
    'unfinished',
    'END RequestId: request-1',
  ])
})

test('a package without a bootstrap fails by the words that Lambda has for it', async () => {
  await using bench = await openBench()
  const target = await bench.target({ 'readme.txt': '' }, provided)
  expect(await bench.invoke(target)).toMatchObject({
    functionError: 'Unhandled',
    payload: {
      errorType: 'Runtime.InvalidEntrypoint',
      errorMessage:
        "RequestId: request-1 Error: Couldn't find valid bootstrap(s): [/var/task/bootstrap /opt/bootstrap]",
    },
  })
})

test.each([
  [
    'a class with a name beyond ASCII',
    `class Ошибка(Exception): pass\ndef handler(event, context): raise Ошибка('ü')`,
    { errorType: 'Ошибка', errorMessage: 'ü' },
  ],
  [
    'sys.exit',
    `import sys\ndef handler(event, context): sys.exit(3)`,
    { errorType: 'Runtime.ExitError', errorMessage: containing('exit status 3') },
  ],
  [
    'os._exit',
    `import os\ndef handler(event, context): os._exit(4)`,
    { errorType: 'Runtime.ExitError', errorMessage: containing('exit status 4') },
  ],
  [
    'a syntax error',
    `def handler(event, context:`,
    { errorType: 'Runtime.UserCodeSyntaxError', errorMessage: containing("Syntax error in module 'app'") },
  ],
  [
    'what JSON cannot hold',
    `def handler(event, context): return {1}`,
    { errorType: 'Runtime.MarshalError', errorMessage: containing('not JSON serializable') },
  ],
])('a Python handler ends with %s, and the caller is told', async (_what, code, payload) => {
  await using bench = await openBench()
  const target = await bench.target({ 'app.py': `${code}\n` }, python)
  expect(await bench.invoke(target)).toMatchObject({ functionError: 'Unhandled', payload })
})

test("a Python handler's lines have the time of a fast sandbox, in text and in JSON", async () => {
  const noon = Date.parse('2030-01-01T12:00:00Z')
  const access = {
    keys: createFunctionKeys(),
    endpoint: () => undefined,
    clock: () => `${noon} ${Date.now()} 60`,
  }
  await using bench = await openBench({ access })
  const code = `import logging
def handler(event, context):
    logging.warning('hello')
    raise KeyError('gone')
`
  for (const LogFormat of ['Text', 'JSON'] as const) {
    // Each version has an environment of its own.
    const configuration = { ...python, Version: LogFormat, LoggingConfig: { LogFormat } }
    await bench.invoke(await bench.target({ 'app.py': code }, configuration))
  }
  const times = bench.messages().flatMap((message) => {
    const [, text] =
      /^\[WARNING\]\t(\S+)\t/.exec(message) ??
      /"timestamp": "([^"]+)", "(?:level": "WARNING|log_level": "ERROR)"/.exec(message) ??
      []
    return text === undefined ? [] : [Date.parse(text)]
  })
  expect(times).toHaveLength(3)
  expect(Math.min(...times)).toBeGreaterThanOrEqual(noon)
  expect(Math.max(...times)).toBeLessThan(noon + 24 * 3_600_000)
})

test('a JSON line of Python has the fields that the handler gave, and those of an exception', async () => {
  await using bench = await openBench()
  const code = `import logging
logger = logging.getLogger('shop')
def handler(event, context):
    logger.info('taken in', extra={'order': 'ü-7', 'sizes': [1, 2], 'level': 'mine', 'nothing': None})
    try:
        raise ValueError('bad')
    except ValueError:
        logger.exception('failed', extra={'order': 'o-8'})
    logger.info('lost', extra={'order': {1}})
`
  const configuration = { ...python, LoggingConfig: { LogFormat: 'JSON' as const } }
  await bench.invoke(await bench.target({ 'app.py': code }, configuration))
  const lines = bench
    .messages()
    .flatMap((message) => (message.includes('"logger"') ? [JSON.parse(message) as object] : []))
  const shared = { timestamp: matching(/Z$/), logger: 'shop', requestId: 'request-1' }
  expect(lines).toEqual([
    { ...shared, level: 'INFO', message: 'taken in', order: 'ü-7', sizes: [1, 2] },
    {
      ...shared,
      level: 'ERROR',
      message: 'failed',
      order: 'o-8',
      errorType: 'ValueError',
      errorMessage: 'bad',
      stackTrace: [containing('raise ValueError')],
      location: matching(/^\/var\/task\/app\.py:handler:8$/),
    },
  ])
  expect(bench.messages()).toContainEqual(containing('Object of type set is not JSON serializable'))
})

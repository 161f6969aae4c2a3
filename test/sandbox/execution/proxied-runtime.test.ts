import { expect, test } from 'vitest'
import { openBench } from './bench.ts'

/** As layers have it: a wrapper starts a proxy, and puts it before the Runtime API. */
const proxied = {
  wrapper: `#!/bin/sh
${process.execPath} /var/task/proxy.cjs &
while [ ! -s "$TMPDIR/port" ]; do sleep 0.05; done
export AWS_LAMBDA_RUNTIME_API="127.0.0.1:$(cat "$TMPDIR/port")"
exec "$@"
`,
  'proxy.cjs': `
const { createServer, request } = require('node:http')
const { renameSync, writeFileSync } = require('node:fs')
const [host, port] = process.env.AWS_LAMBDA_RUNTIME_API.split(':')
let answers = 0
const server = createServer((asked, answer) => {
  console.log('proxied ' + asked.method + ' ' + asked.url)
  const onward = { host, port, method: asked.method, path: asked.url, headers: { ...asked.headers, host: host + ':' + port } }
  asked.pipe(request(onward, (response) => {
    const { 'content-length': _, connection: __, ...headers } = response.headers
    // In chunks, and each second time the last answer of its connection.
    if ((answers += 1) % 2 === 0) headers.connection = 'close'
    answer.writeHead(response.statusCode, headers)
    response.pipe(answer)
  }))
})
// As most proxies do, it soon closes a connection that is idle.
Object.assign(server, { keepAliveTimeout: 20, keepAliveTimeoutBuffer: 0 })
server.listen(0, '127.0.0.1', () => {
  const file = process.env.TMPDIR + '/port'
  writeFileSync(file + '.new', String(server.address().port))
  renameSync(file + '.new', file)
})`,
}

const handlers = [
  [
    'nodejs22.x',
    {
      'index.js': `exports.handler = async (event) => {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, event.busyMs ?? 0)
  return event
}`,
    },
  ],
  [
    'python3.13',
    {
      'index.py': `import time
def handler(event, context):
  time.sleep(event.get('busyMs', 0) / 1000)
  return event
`,
    },
  ],
] as const

test.for(handlers)(
  'a proxy before the Runtime API sees the events and answers of %s',
  async ([Runtime, files]) => {
    await using bench = await openBench()
    const wrapper = { ...proxied, wrapper: proxied.wrapper.replace('/var/task', '$LAMBDA_TASK_ROOT') }
    const Environment = { Variables: { AWS_LAMBDA_EXEC_WRAPPER: '/var/task/wrapper' } }
    const target = await bench.target({ ...files, ...wrapper }, { Runtime, Environment })
    const long = 'é'.repeat(200_000)
    for (const event of [{ order: 1 }, { long }, { busyMs: 300 }, { order: 4 }]) {
      expect(await bench.invoke(target, event)).toMatchObject({ payload: event, functionError: undefined })
    }
    const seen = bench.messages().filter((message) => message.startsWith('proxied '))
    const path = '/2018-06-01/runtime/invocation'
    expect(seen.slice(0, 4)).toEqual([
      `proxied GET ${path}/next`,
      `proxied POST ${path}/request-1/response`,
      `proxied GET ${path}/next`,
      `proxied POST ${path}/request-2/response`,
    ])
  },
)

test('a handler sees no argument of the runtime, and an error between two events ends its environment', async () => {
  await using bench = await openBench()
  const target = await bench.target({
    'index.js': `exports.handler = async ({ fails }) => {
  if (fails) setImmediate(() => setImmediate(() => { throw new Error('late') }))
  return { arguments: process.argv.length, pid: process.pid }
}`,
  })
  const first = await bench.invoke(target, { fails: true })
  expect(first).toMatchObject({ payload: { arguments: 2 } })
  await expect.poll(() => bench.executor.environments()).toBe(0)
  const second = await bench.invoke(target)
  expect(second.payload).not.toEqual(first.payload)
})

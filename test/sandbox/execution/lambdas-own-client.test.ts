import { existsSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { expect, test } from 'vitest'
import { openBench } from './bench.ts'
import { containing } from './matchers.ts'

/** AWS's runtime interface client for Node.js: `npm install --no-save --ignore-scripts aws-lambda-ric` brings it. */
const client = ['aws-lambda-ric/package.json']
  .flatMap(
    (name) =>
      createRequire(import.meta.url)
        .resolve.paths(name)
        ?.map((folder) => join(folder, name)) ?? [],
  )
  .find((file) => existsSync(file))

/** In place of its native client, which can't be built everywhere. */
const native = `const http = require('node:http')
const Module = require('node:module')
const [host, port] = process.env.AWS_LAMBDA_RUNTIME_API.split(':')
const call = (method, path, body, headers = {}) => new Promise((settle, fail) => {
  http.request({ host, port, method, path: '/2018-06-01/runtime/invocation/' + path, headers }, (response) => {
    let text = ''
    response.setEncoding('utf8').on('data', (part) => { text += part })
    response.on('end', () => settle({ bodyJson: text, headers: response.headers }))
  }).on('error', fail).end(body)
})
const context = 'lambda-runtime-client-context'
let last
const client = {
  async next() {
    await last
    const { bodyJson, headers } = await call('GET', 'next')
    if (headers[context]) headers[context] = Buffer.from(headers[context], 'latin1').toString()
    return { bodyJson, headers }
  },
  done(id, body) { last = call('POST', id + '/response', body) },
  error(id, body) { last = call('POST', id + '/error', body) },
}
const load = Module._load
Module._load = (name, ...rest) => (name === './rapid-client.node' ? client : load(name, ...rest))
`

const bootstrap = (program: string) => `#!/bin/sh
exec '${process.execPath}' --require "$LAMBDA_TASK_ROOT/native.cjs" '${program}' index.handler
`

if (client === undefined) process.stderr.write('Skipped: aws-lambda-ric is not installed.\n')

test.runIf(client !== undefined)(
  "AWS's own client for Node.js runs handlers at the Runtime API",
  async () => {
    await using bench = await openBench()
    const target = await bench.target(
      {
        bootstrap: bootstrap(join(dirname(client ?? ''), 'bin/index.mjs')),
        'native.cjs': native,
        'index.mjs': `export const handler = async (event, context) => {
        console.log('heard', event.name)
        if (event.fail) throw new TypeError('no such order')
        if (event.exit) process.exit(3)
        return { hello: event.name, id: context.awsRequestId, left: context.getRemainingTimeInMillis() > 0, client: context.clientContext }
      }`,
      },
      { Runtime: 'provided.al2023', Timeout: 20 },
    )
    const clientContext = Buffer.from('{"custom": {"of": "ü"}}').toString('base64')
    expect(await bench.invoke(target, { name: 'Ada' }, { clientContext })).toMatchObject({
      payload: { hello: 'Ada', id: 'request-1', left: true, client: { custom: { of: 'ü' } } },
      logTail: containing('heard Ada'),
    })
    expect(await bench.invoke(target, { fail: true })).toMatchObject({
      functionError: 'Unhandled',
      payload: { errorType: 'TypeError', errorMessage: 'no such order' },
    })
    expect(await bench.invoke(target, { exit: true })).toMatchObject({
      payload: {
        errorType: 'Runtime.ExitError',
        errorMessage: 'RequestId: request-3 Error: Runtime exited with error: exit status 3',
      },
    })
  },
)

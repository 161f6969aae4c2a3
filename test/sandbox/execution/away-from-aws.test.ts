import { join } from 'node:path'
import { expect, test } from 'vitest'
import { createFunctionKeys } from '../../../src/sandbox/sts/function-keys.ts'
import { folder } from '../../packaging/folder.ts'
import { openBench } from './bench.ts'
import { containing } from './matchers.ts'

/** A name that no resolver knows: a call that is not refused fails at once, with other words. */
const away = 'nowhere.sandbox-test.amazonaws.com'
const refused = containing(
  `The sandbox lets no call of a function reach AWS, and refused a connection to ${away}.`,
)

test('a Node.js handler reaches no address of AWS: by fetch, https, http2, tls, a worker or a fork', async () => {
  await using bench = await openBench()
  const target = await bench.target(
    {
      'index.mjs': `import { Worker } from 'node:worker_threads'
import { fork } from 'node:child_process'
import { once } from 'node:events'
import http2 from 'node:http2'
import https from 'node:https'
import net from 'node:net'
import tls from 'node:tls'
const failure = (emitter) => new Promise((settle) => emitter.once('error', (error) => settle(error.message)))
const ways = {
  fetch: () => fetch('https://${away}').catch(({ cause }) => cause.message),
  https: () => failure(https.get('https://${away}')),
  http2: () => failure(http2.connect('https://${away}')),
  tls: () => failure(tls.connect(443, '${away}.')),
  net: () => failure(net.connect({ host: '${away}'.toUpperCase(), port: 443 })),
  worker: async () => (await once(new Worker(new URL('./away.mjs', import.meta.url)), 'message'))[0],
  fork: async () => (await once(fork(new URL('./away.mjs', import.meta.url)), 'message'))[0],
}
export const handler = async () => {
  const said = await Promise.all(Object.entries(ways).map(async ([way, call]) => [way, (await call()).replace(/${away}/i, '${away}').replace('com..', 'com.')]))
  return Object.fromEntries(said)
}
`,
      'away.mjs': `import { parentPort } from 'node:worker_threads'
import https from 'node:https'
https.get('https://${away}').on('error', ({ message }) => {
  if (parentPort) parentPort.postMessage(message)
  else process.send(message, () => process.disconnect())
})
`,
    },
    { Timeout: 30 },
  )
  expect((await bench.invoke(target)).payload).toEqual({
    fetch: refused,
    https: refused,
    http2: refused,
    tls: refused,
    net: refused,
    worker: refused,
    fork: refused,
  })
})

test('nor does a Python handler: by urllib, http.client or a socket', async () => {
  await using bench = await openBench()
  const code = `import http.client, socket, urllib.request
def failure(call):
    try:
        call()
    except Exception as error:
        return str(error)
def connect():
    with socket.socket() as own:
        own.connect(('${away}', 443))
def handler(event, context):
    return [failure(call) for call in (
        lambda: urllib.request.urlopen('https://${away}/'),
        lambda: http.client.HTTPConnection('${away}').request('GET', '/'),
        connect,
    )]
`
  const target = await bench.target(
    { 'index.py': code },
    { Runtime: 'python3.13', Handler: 'index.handler', Timeout: 30 },
  )
  expect((await bench.invoke(target)).payload).toEqual([refused, refused, refused])
})

test('a package of the SDK that the machine lacks is named in the log, with the next step', async () => {
  await using bench = await openBench()
  const target = await bench.target({ 'index.mjs': "import '@aws-sdk/client-of-nobody'" })
  expect(await bench.invoke(target)).toMatchObject({ payload: { errorType: 'Runtime.ImportModuleError' } })
  expect(bench.messages()).toContainEqual(
    containing("run 'npm install --save-dev @aws-sdk/client-of-nobody' in the folder"),
  )
  expect(bench.messages()).toContainEqual(containing("Run 'lambdactl sandbox install-sdk nodejs' once"))
})

test('the SDKs that were installed for handlers come before those of the machine, and after layers', async () => {
  await using sdks = await folder({
    'nodejs/node_modules/@aws-sdk/client-lambda/index.js': 'exports.from = "installed"',
    'nodejs/node_modules/@aws-sdk/client-of-nobody/index.js': 'exports.from = "installed"',
    'python/boto3/__init__.py': "where = 'installed'\n",
    'layer/python/boto3/__init__.py': "where = 'layer'\n",
  })
  const runtimeSdks = { nodejs: join(sdks.path, 'nodejs/node_modules'), python: join(sdks.path, 'python') }
  const access = { keys: createFunctionKeys(), endpoint: () => undefined, runtimeSdks }
  await using bench = await openBench({ access })
  const node = await bench.target({
    'index.mjs': `import { createRequire } from 'node:module'
import { from } from '@aws-sdk/client-of-nobody'
export const handler = () => Promise.resolve([from, createRequire(import.meta.url)('@aws-sdk/client-lambda').from])
`,
  })
  expect((await bench.invoke(node)).payload).toEqual(['installed', 'installed'])
  const code = { 'index.py': 'import boto3\ndef handler(event, context):\n    return boto3.where\n' }
  const runtime = { Runtime: 'python3.13', Handler: 'index.handler', Timeout: 30, Version: '1' } as const
  expect((await bench.invoke(await bench.target(code, runtime))).payload).toBe('installed')
  const layered = {
    ...(await bench.target(code, { ...runtime, Version: '2' })),
    layersDirectory: join(sdks.path, 'layer'),
  }
  expect((await bench.invoke(layered)).payload).toBe('layer')
})

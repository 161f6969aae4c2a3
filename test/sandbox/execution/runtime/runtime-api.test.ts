import { execFile } from 'node:child_process'
import { once } from 'node:events'
import { connect } from 'node:net'
import { promisify } from 'node:util'
import { expect, onTestFinished, test } from 'vitest'
import { openRuntimeApi } from '../../../../src/sandbox/execution/runtime/runtime-api.ts'

/** Asks for the next event over a socket of its own, and prints what comes. */
const asking = `
  const [host, port] = process.argv[1].split(':')
  const socket = require('node:net').connect({ host: process.argv[2] + host, port })
  socket.write('GET /2018-06-01/runtime/invocation/next HTTP/1.1\\r\\nHost: ' + process.argv[3] + '\\r\\nConnection: close\\r\\n' + process.argv[4] + '\\r\\n')
  socket.on('error', (error) => console.log(error.code))
  socket.pipe(process.stdout)`

const event = {
  requestId: 'one',
  payload: Buffer.from('the event'),
  deadline: 0,
  invokedArn: '',
  traceId: '',
  clientContext: undefined,
}

async function open() {
  const api = await openRuntimeApi('the secret')
  onTestFinished(() => api.close())
  void api.initialised.then(() => api.deliver(event))
  return api
}

async function askAs(
  uid: number | undefined,
  address: string,
  { prefix = '', host = address, headers = '' } = {},
): Promise<string> {
  const user = uid === undefined ? {} : { uid, gid: uid }
  const args = ['-e', asking, address, prefix, host, headers]
  const { stdout } = await promisify(execFile)(process.execPath, args, user)
  return stdout
}

test('a process of this user is given the event, by IPv4 and by an IPv6 socket', async () => {
  expect(await askAs(undefined, (await open()).address)).toContain('the event')
  expect(await askAs(undefined, (await open()).address, { prefix: '::ffff:' })).toContain('the event')
})

test('a runtime in C or Rust may leave the port out of the host; another host is refused', async () => {
  const { address } = await open()
  expect(await askAs(undefined, address, { host: 'runtime.example' })).toContain('403 Forbidden')
  expect(await askAs(undefined, address, { host: '127.0.0.1' })).toContain('the event')
})

test.runIf(process.platform === 'linux' && process.getuid?.() === 0)(
  'one of another user is given nothing without the secret of the environment',
  async () => {
    const api = await open()
    const secret = { headers: 'Authorization: the secret\r\n' }
    expect(await askAs(12_345, (await open()).address, secret)).toContain('the event')
    expect(await askAs(12_345, api.address)).not.toContain('the event')
    expect(await askAs(12_345, api.address, { headers: 'Authorization: a guess\r\n' })).not.toContain(
      'the event',
    )
    // Nor does it count as the runtime's first word.
    expect(await askAs(undefined, api.address)).toContain('the event')
  },
)

test('a runtime may ask for the next event by its answer', async () => {
  const api = await openRuntimeApi('the secret')
  onTestFinished(() => api.close())
  const url = `http://${api.address}/2018-06-01/runtime/invocation`
  const asked = fetch(`${url}/next`)
  await api.initialised
  const first = api.deliver(event)
  expect(await (await asked).text()).toBe('the event')
  const headers = { 'lambdactl-runtime-next': 'true' }
  const askedOn = fetch(`${url}/one/response`, { method: 'POST', headers, body: 'the answer' })
  expect(await first).toEqual({ body: Buffer.from('the answer') })
  void api.deliver({ ...event, requestId: 'two', payload: Buffer.from('another event') })
  const next = await askedOn
  expect(next.headers.get('lambda-runtime-aws-request-id')).toBe('two')
  expect(await next.text()).toBe('another event')
})

test('a connection that is closed at once harms nobody', async () => {
  const api = await open()
  const [host = '', port] = api.address.split(':')
  const socket = connect({ host, port: Number(port) })
  await once(socket, 'connect')
  socket.destroy()
  expect(await askAs(undefined, api.address)).toContain('the event')
})

import { once } from 'node:events'
import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { createServer, type IncomingMessage } from 'node:http'
import { type AddressInfo, connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { createBodies, type ReceivedBody } from '../../../src/sandbox/front/body.ts'

async function start() {
  const folder = await mkdtemp(join(tmpdir(), 'lambdactl-bodies-'))
  const bodies = createBodies(folder)
  const received: ReceivedBody[] = []
  const refused: string[] = []
  const receive = async (message: IncomingMessage): Promise<string> => {
    try {
      received.push(await bodies.receive(message, 20_000_000))
      return 'kept'
    } catch (error) {
      refused.push(String(error))
      return String(error)
    }
  }
  const server = createServer((message, response) => {
    void receive(message).then((said) => response.end(said))
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  onTestFinished(async () => {
    for (const body of received) await body.close()
    server.close()
    await rm(folder, { recursive: true })
  })
  const send = async (body: Buffer<ArrayBuffer>, headers: Record<string, string> = {}) => {
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
    const response = await fetch(url, { method: 'POST', body, headers })
    return await response.text()
  }
  return { folder, received, refused, port: () => (server.address() as AddressInfo).port, send }
}

test('a large body waits on disk in a file without a name, and bodies that are held fill no memory', async () => {
  const { folder, received, send } = await start()
  for (let count = 0; count < 10; count += 1) await send(Buffer.alloc(8_000_000, count))
  // Eight of them fit into what all bodies together may take.
  expect(received.map(({ isOnDisk }) => isOnDisk)).toEqual([...Array<boolean>(8).fill(false), true, true])
  const large = Buffer.alloc(9_000_000, 'x')
  await send(large)
  expect(received.at(-1)).toMatchObject({ isOnDisk: true, size: large.length })
  expect((await received.at(-1)?.bytes())?.equals(large)).toBe(true)
  expect(await readdir(folder)).toEqual([])
  for (const body of received.splice(0)) await body.close()
  await send(Buffer.alloc(8_000_000))
  expect(received.at(-1)?.isOnDisk).toBe(false)
})

test('a body that is too large, or is chunked wrongly, is refused after it is read', async () => {
  const { send, received } = await start()
  expect(await send(Buffer.alloc(20_000_001))).toContain('smaller than 20000000 bytes')
  const chunked = { 'content-encoding': 'aws-chunked' }
  expect(await send(Buffer.from('5\r\nhel'), chunked)).toContain('terminated unexpectedly')
  const whole = '5;chunk-signature=0\r\nhello\r\n0\r\nx-amz-checksum-crc32:NhCmhg==\r\n\r\n'
  expect(await send(Buffer.from(whole), chunked)).toBe('kept')
  expect(String(await received[0]?.bytes())).toBe('hello')
  expect(received[0]?.headers).toMatchObject({ 'x-amz-checksum-crc32': 'NhCmhg==' })
})

test('a short body is received whole, and a client that hangs up within it leaves nothing', async () => {
  const { send, received, refused, port } = await start()
  expect(await send(Buffer.from('short'))).toBe('kept')
  expect(String(await received[0]?.bytes())).toBe('short')
  const socket = connect(port(), '127.0.0.1')
  socket.write('POST / HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 10\r\n\r\nhalf')
  await once(socket, 'connect')
  socket.end()
  await expect.poll(() => refused).toEqual([expect.stringMatching(/aborted|hung up/)])
})

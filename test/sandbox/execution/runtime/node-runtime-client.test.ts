import { createServer, type Socket } from 'node:net'
import { setImmediate as turn } from 'node:timers/promises'
import { expect, onTestFinished, test } from 'vitest'

interface Client {
  request(
    method: string,
    path: string,
    content?: { body: string },
  ): Promise<{ headers: Record<string, string>; body: string }>
}
/** A handler's process loads it as it is, so it has no types. */
const file = new URL('../../../../src/sandbox/execution/bootstraps/node-runtime-client.mjs', import.meta.url)
  .href
const { openClient } = (await import(file)) as {
  openClient: (address: string, gone: () => void) => Client
}

/** Answers the requests of all connections in their order; each with `count`, the number of its connection. */
async function server(answer: (socket: Socket, count: number) => unknown): Promise<string> {
  const open = new Set<Socket>()
  const listening = createServer((socket) => {
    open.add(socket)
    const count = open.size
    socket.on('error', () => undefined).on('data', () => void answer(socket, count))
  })
  onTestFinished(() => {
    for (const socket of open) socket.destroy()
    listening.close()
  })
  await new Promise<void>((resolve) => listening.listen(0, '127.0.0.1', resolve))
  return `127.0.0.1:${(listening.address() as { port: number }).port}`
}

const answers: Readonly<Record<string, string>> = {
  'a length': 'HTTP/1.1 200 OK\r\nCONTENT-LENGTH: 7\r\nX-Name:  a: b \r\n\r\n"é€"',
  chunks:
    'HTTP/1.1 200 OK\r\nTransfer-Encoding: Chunked\r\nX-Name: a: b\r\n\r\n1\r\n"\r\nA;part=1\r\né€é€\r\n1\r\n"\r\n0\r\n\r\n',
  'chunks and trailers':
    'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nX-Name: a: b\r\n\r\n7\r\n"é€"\r\n0\r\nX-Sum: 1\r\nX-End: 2\r\n\r\n',
  'a first answer of 100':
    'HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\ncontent-length: 0\r\nx-name: a: b\r\n\r\n',
}

test.for(Object.entries(answers))('the client reads an answer with %s, byte by byte', async ([, text]) => {
  const address = await server(async (socket) => {
    for (const byte of Buffer.from(text)) {
      socket.write(Buffer.of(byte))
      await turn()
    }
  })
  const client = openClient(address, () => expect.unreachable('the connection ends'))
  for (let time = 0; time < 2; time += 1) {
    const { headers, body } = await client.request('GET', '/next')
    expect(headers['x-name']).toBe('a: b')
    expect(['"é€"', '"é€é€"', '']).toContain(body)
    expect(body.length).toBe(text.includes('part') ? 6 : text.includes('€') ? 4 : 0)
  }
})

test.for(['HTTP/1.0 200 OK\r\n\r\n', 'HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n'])(
  'an answer without a length ends with its connection: %j',
  async (head) => {
    const address = await server((socket, count) => socket.end(`${head}${JSON.stringify({ count })}`))
    const client = openClient(address, () => expect.unreachable('the client gives up'))
    for (const count of [1, 2]) {
      const { body } = await client.request('GET', '/next')
      expect(JSON.parse(body)).toEqual({ count })
    }
  },
)

test('a connection of HTTP/1.0 is not used again', async () => {
  const address = await server((socket, count) =>
    socket.write(`HTTP/1.0 200 OK\r\nContent-Length: 1\r\n\r\n${count}`),
  )
  const client = openClient(address, () => expect.unreachable('the client gives up'))
  expect((await client.request('GET', '/next')).body).toBe('1')
  expect((await client.request('GET', '/next')).body).toBe('2')
})

test('a request is sent again if its connection was closed while it was idle', async () => {
  let asked = 0
  const address = await server((socket, count) => {
    if ((asked += 1) === 2) return socket.resetAndDestroy()
    return socket.write(`HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\n${count}`)
  })
  const client = openClient(address, () => expect.unreachable('the client gives up'))
  expect((await client.request('GET', '/next')).body).toBe('1')
  expect((await client.request('POST', '/response', { body: '{}' })).body).toBe('2')
  expect(asked).toBe(3)
})

test.for([
  'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nsize\r\n',
  'HTTP/1.1 200 OK\r\nContent-Length: long\r\n\r\n',
  'HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\n12',
])('the client gives up an answer that is cut or no HTTP: %j', async (text) => {
  const address = await server((socket) => socket.end(text))
  const gone = new Promise<void>((resolve) => void openClient(address, resolve).request('GET', '/next'))
  await expect(gone).resolves.toBeUndefined()
})

import { once } from 'node:events'
import { createServer, type RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'
import { inspect } from 'node:util'
import { expect, onTestFinished, test } from 'vitest'
import { download } from '../../../src/aws/lambda/download.ts'
import { failureOf } from '../../workflows/world.ts'

const limits = { bytes: 1000, totalMs: 10_000, silenceMs: 5000 }

/** A link with a secret in it, to a server that answers so. */
async function linkTo(listener: RequestListener): Promise<string> {
  const server = createServer(listener).listen(0, '127.0.0.1')
  await once(server, 'listening')
  onTestFinished(() => {
    server.close()
    server.closeAllConnections()
  })
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/code?X-Amz-Signature=hush`
}

async function failure(link: string, within = limits): Promise<Error> {
  const error = await failureOf(download(link, 'the code of shop', within))
  expect(inspect(error, { depth: 9 })).not.toContain('hush')
  return error
}

test('a link is followed to its bytes', async () => {
  const link = await linkTo((_, response) => void response.end(Buffer.from([1, 2, 3])))
  expect([...(await download(link, 'the code of shop', limits))]).toEqual([1, 2, 3])
})

test.each([
  'http://example.org/code?X-Amz-Signature=hush',
  'http://127.0.0.1.example.org/?hush',
  'file:///etc/passwd?hush',
  'no link, hush',
])('%s is not followed: only https, and http on this machine', async (link) => {
  expect(await failure(link)).toMatchObject({ code: 'AWS_REFUSED' })
})

test('a refusal is told by its status, without the text that the store answers', async () => {
  const link = await linkTo((_, response) => void response.writeHead(403).end('hush'))
  expect(await failure(link)).toMatchObject({
    code: 'AWS_REFUSED',
    message: 'Could not download the code of shop: its link answered 403.',
  })
})

test('a redirect is not followed', async () => {
  const link = await linkTo(
    (_, response) => void response.writeHead(302, { location: 'https://example.org' }).end(),
  )
  expect((await failure(link)).message).toContain('302')
})

test('more bytes than a package can have end the download', async () => {
  const link = await linkTo((_, response) => {
    response.on('error', () => undefined)
    const more = () => {
      while (response.write(Buffer.alloc(400))) if (response.destroyed) return
      response.once('drain', more)
    }
    more()
  })
  expect(await failure(link)).toMatchObject({
    code: 'AWS_REFUSED',
    message: 'Could not download the code of shop: it is larger than 1000 bytes.',
  })
})

test('a download that is cut off fails', async () => {
  const link = await linkTo((_, response) => {
    response.writeHead(200, { 'content-length': 100 }).write('half')
    setImmediate(() => response.destroy())
  })
  expect(await failure(link)).toMatchObject({ code: 'UNREACHABLE' })
})

test.each([
  ['says nothing', { ...limits, silenceMs: 30 }],
  ['takes too long', { ...limits, totalMs: 30 }],
])('a store that %s is left', async (_, within) => {
  const link = await linkTo((_request, response) => void response.writeHead(200).write('a'))
  expect(await failure(link, within)).toMatchObject({
    code: 'UNREACHABLE',
    message: 'Could not download the code of shop: it took too long.',
  })
})

test('nobody there is told as for any other call', async () => {
  expect(await failure('http://127.0.0.1:1/?hush')).toMatchObject({ code: 'UNREACHABLE' })
})

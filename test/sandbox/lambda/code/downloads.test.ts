import { GetFunctionCommand, PublishVersionCommand, UpdateFunctionCodeCommand } from '@aws-sdk/client-lambda'
import { expect, test } from 'vitest'
import { createDownloads } from '../../../../src/sandbox/lambda/code/downloads.ts'
import { createActive, settled, startLambda, type TestSandbox } from '../sandbox.ts'
import { handlerZip } from '../zip.ts'

async function locationOf({ client }: TestSandbox, qualifier?: string): Promise<string | undefined> {
  const { Code } = await client.send(new GetFunctionCommand({ FunctionName: 'shop', Qualifier: qualifier }))
  return Code?.Location
}

async function download(url = ''): Promise<Uint8Array> {
  const response = await fetch(url)
  expect(response.status).toBe(200)
  return new Uint8Array(await response.arrayBuffer())
}

test('GetFunction links to the package of the version that is asked for, byte by byte', async () => {
  const sandbox = await startLambda()
  await createActive(sandbox.client, 'shop', { Code: { ZipFile: handlerZip('one') } })
  await sandbox.client.send(new PublishVersionCommand({ FunctionName: 'shop' }))
  await sandbox.client.send(
    new UpdateFunctionCodeCommand({ FunctionName: 'shop', ZipFile: handlerZip('two') }),
  )
  await settled(sandbox.client, 'shop')
  const published = await locationOf(sandbox, '1')
  expect(published?.startsWith(`${sandbox.endpoint}/`)).toBe(true)
  expect(await download(published)).toEqual(new Uint8Array(handlerZip('one')))
  expect(await download(await locationOf(sandbox))).toEqual(new Uint8Array(handlerZip('two')))
})

test('a link that was changed, and one without its signature, open nothing', async () => {
  const sandbox = await startLambda()
  await createActive(sandbox.client, 'shop')
  const link = new URL((await locationOf(sandbox)) ?? '')
  const later = new URL(link)
  later.searchParams.set('expires', String(Number(link.searchParams.get('expires')) + 1))
  const unsigned = new URL(link)
  unsigned.searchParams.delete('signature')
  for (const forged of [later, unsigned, new URL('../downloads/../code', link)]) {
    expect((await fetch(forged)).status).toBe(403)
  }
})

test('a web page can not follow a link', async () => {
  const sandbox = await startLambda()
  await createActive(sandbox.client, 'shop')
  const link = (await locationOf(sandbox)) ?? ''
  expect((await fetch(link, { headers: { origin: 'https://example.org' } })).status).toBe(403)
})

test('a link ends after ten minutes', () => {
  let now = 1_000_000
  const downloads = createDownloads(() => now)
  const open = (link: string) => {
    const [path = '', query] = link.split('?')
    return downloads.open(path, new URLSearchParams(query))
  }
  const link = downloads.link('abc')
  now += 599_999
  expect(open(link)).toBe('abc')
  now += 1
  expect(open(link)).toBeUndefined()
  expect(open(createDownloads(() => now).link('abc'))).toBeUndefined()
})

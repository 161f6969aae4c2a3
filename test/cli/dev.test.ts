import { existsSync } from 'node:fs'
import { rename } from 'node:fs/promises'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { eventsOf, expectExit, type Place, type Running, runTo, start } from './cli.ts'
import { useSandbox } from './sandbox.ts'
import { makeService, type Service } from './service.ts'
import { variables } from './variables.ts'

const sandbox = useSandbox()

const role = 'role: "arn:aws:iam::000000000000:role/app"'

const configuration = (endpoint: string, more = '') => `service: shop
functions:
  hello: {source: hello, runtime: nodejs24.x, handler: index.handler, bundle: true}
${more}environments:
  test: {region: eu-west-1, endpoint: "${endpoint}", ${role}}
`

const handler = (text: string) => `import { more } from '../lib/more.ts'
export const handler = async (event: object) => {
  console.log('greeting', '${text}' + more)
  return '${text}' + more
}
`

/** A service with a bundled function that imports a file outside of its source. */
async function bundled(endpoint: string): Promise<Service> {
  const service = await makeService()
  await service.write({
    'lambdactl.yaml': configuration(endpoint),
    'hello/index.ts': handler('one'),
    'lib/more.ts': "export const more = '!'\n",
  })
  return service
}

async function answerOf(place: Place, name = 'hello'): Promise<string> {
  const { stdout } = await runTo(0, ['invoke', name], place)
  return JSON.parse(stdout) as string
}

async function stop({ child, ended }: Running): Promise<Awaited<Running['ended']>> {
  child.kill('SIGINT')
  return ended
}

test('dev gives each change of a source to the alias, tells errors with their line, and shows log lines', async () => {
  const service = await bundled(sandbox().url)
  const place = sandbox().place(service)
  const dev = start(['dev'], place)
  await dev.says(/hello {2}serves version 1 /)
  await dev.says(/watching 1 function; Ctrl-C ends it/)
  expect(await answerOf(place)).toBe('one!')
  await dev.says(/hello v1 .*greeting one!/)

  // As editors save: another file takes the place of the first.
  await service.write({ 'hello/.index.ts.swp': '', 'hello/index.new': handler('two') })
  await rename(join(service.folder, 'hello/index.new'), join(service.folder, 'hello/index.ts'))
  await dev.says(/hello {2}reloaded in .*: version 2, .* hello\/index\.ts/)
  expect(await answerOf(place)).toBe('two!')

  await service.write({ 'lib/more.ts': 'export const more = ' })
  await dev.says(
    /not reloaded, the code before it stays\nError: .*\n.*lib\/more\.ts:1:\d+: .*\n.*it is deployed once you save it/,
  )
  expect(await answerOf(place)).toBe('two!')
  await service.write({ 'lib/more.ts': "export const more = '?'\n" })
  await dev.says(/reloaded in .*: version 3, .* lib\/more\.ts/)
  expect(await answerOf(place)).toBe('two?')

  await service.write({ 'hello/README.md': 'hello' })
  await dev.says(/nothing to reload: the package is as it was {2}hello\/README\.md/)
  expectExit(await stop(dev), 0)
  // It was there before, so it stays.
  expect(await answerOf(place)).toBe('two?')
})

test('dev starts a sandbox where nothing listens, follows lambdactl.yaml, and ends what it started', async () => {
  const port = await freePort()
  const endpoint = `http://127.0.0.1:${port}`
  const service = await bundled(endpoint)
  const place = { cwd: service.folder, env: variables(service.folder) }
  const dev = start(['dev', '--json'], place)
  await dev.says(/"event":"watching"/)

  await service.write({ 'lambdactl.yaml': 'service: [' })
  await dev.says(/"event":"misconfigured".*"code":"CONFIG_INVALID"/)
  await service.write({
    'py/app.py': "def handler(event, context):\n    return 'snake'\n",
    'lambdactl.yaml': configuration(
      endpoint,
      '  py: {source: py, runtime: python3.13, handler: app.handler}\n',
    ),
  })
  await dev.says(/"event":"deployed","function":"py"/)
  expect(await answerOf(place, 'py')).toBe('snake')
  await service.write({ 'py/app.py': "def handler(event, context):\n    return 'python'\n" })
  await dev.says(/"event":"reloaded","function":"py"/)
  expect(await answerOf(place, 'py')).toBe('python')
  await dev.says(/"event":"line".*"function":"py"/)

  await service.write({ 'lambdactl.yaml': configuration(endpoint) })
  await dev.says(/"event":"configured".*"removed":\["py"\]/)
  const ended = await stop(dev)
  expectExit(ended, 0)
  const events = eventsOf(ended)
  expect(events.find(({ event }) => event === 'configured')).toMatchObject({ added: ['py'], changed: [] })
  expect(events.filter(({ event }) => event === 'reloaded')).toMatchObject([{ files: ['py/app.py'] }])
  await expect(fetch(endpoint)).rejects.toThrow('fetch failed')
  expect(existsSync(join(service.folder, '.local/state/lambdactl/sandbox', `${port}.json`))).toBe(false)
})

test('invoke --watch invokes again at each change of the source or of the payload, and shows what differs', async () => {
  const service = await bundled(sandbox().url)
  await service.write({
    'lambdactl.yaml': configuration(sandbox().url).replace('service: shop', 'service: watched'),
    'hello/index.ts':
      'export const handler = async (event: { to: string }) => ({ text: "hi", to: event.to })\n',
    'event.json': '{"to": "Ada"}',
  })
  const args = ['invoke', 'hello', '--watch', '--payload', 'event.json']
  const watching = start(args, sandbox().place(service))
  await watching.says(/version 1 answered in .*\n\{"text":"hi","to":"Ada"\}\n/)
  await watching.says(/watching 1 function/)
  await service.write({ 'event.json': '{"to": "Bo"}' })
  await watching.says(
    /version 1 answered in .*\n \{\n {3}"text": "hi",\n- {2}"to": "Ada"\n\+ {2}"to": "Bo"\n \}\n/,
  )
  await service.write({
    'hello/index.ts': 'export const handler = async () => { throw new Error("no price") }\n',
  })
  await watching.says(/version 2 failed in .*\n[^]*\+ {2}"errorMessage": "no price"/)
  await service.write({ 'event.json': '{' })
  await watching.says(/not invoked\nError: The payload must be JSON/)
  expectExit(await stop(watching), 0)
})

test.each([
  ['an endpoint of AWS', ['--endpoint-url', 'https://lambda.eu-west-1.amazonaws.com']],
  ['no endpoint', []],
])('dev refuses an environment with %s', async (_, flags) => {
  const service = await makeService()
  const { stderr } = await runTo(2, ['dev', '-e', 'test', ...flags], sandbox().place(service))
  expect(stderr).toContain('works at an endpoint on this machine only')
})

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await new Promise((resolve) => server.once('listening', resolve))
  const address = server.address()
  await new Promise((resolve) => server.close(resolve))
  return typeof address === 'object' && address ? address.port : 0
}

import { expect, test } from 'vitest'
import { eventsOf, run, runTo, start } from './cli.ts'
import { operationOf } from './operation.ts'
import { type Fate, type Lie, page, startProxy } from './proxy.ts'
import { useSandbox } from './sandbox.ts'
import { answering, makeService } from './service.ts'

const sandbox = useSandbox()

/** No text of a parser, of the SDK or of the page is shown, and no word of a gate. */
const neither = /Unexpected token|Deserialization|\$response|<!doctype|Please sign in|\bgate (?:failed|fail)/i

test.each<[string, Lie]>([
  ['a sign-in page', page],
  ['a redirect to one', { ...page, status: 302, headers: { location: 'https://portal.example/' } }],
  ['a proxy that asks to sign in', { ...page, status: 407 }],
  ['a network that asks to sign in', { ...page, status: 511 }],
  [
    'JSON of something else',
    { ...page, headers: { 'content-type': 'application/json' }, body: '{"ok":true}' },
  ],
  ['nothing at all', { status: 200, headers: {}, body: '' }],
])('%s in place of AWS is no answer: exit 75, and not a bug', async (_, lie) => {
  const service = await makeService()
  const proxy = await startProxy(sandbox().url, () => lie)
  const place = sandbox().place(service, { AWS_ENDPOINT_URL: proxy.url })
  const status = await run(['status', '-e', 'test', '--json'], place)
  expect(status.exitCode).toBe(75)
  expect(JSON.parse(status.stdout)).toMatchObject({ error: { code: 'UNREACHABLE', exitCode: 75 } })
})

test('a deploy behind a sign-in page says so in words of ours', async () => {
  const service = await makeService()
  const proxy = await startProxy(sandbox().url, () => page)
  const place = sandbox().place(service, { AWS_ENDPOINT_URL: proxy.url })
  const deploy = await runTo(75, ['deploy', '-e', 'test'], place)
  expect(deploy.stderr).toContain("the answer is not the service's, but an HTML page with status 200")
  expect(deploy.stderr).not.toMatch(neither)
})

test('an endpoint where nobody listens, and a name that does not exist: exit 75, and which', async () => {
  const service = await makeService()
  const status = (url: string) =>
    runTo(75, ['status', '-e', 'test'], sandbox().place(service, { AWS_ENDPOINT_URL: url }))
  expect((await status('http://127.0.0.1:9')).stderr).toContain('→ Check the endpoint (127.0.0.1:9)')
  expect((await status('http://nowhere.invalid')).stderr).toContain('nowhere.invalid')
})

test('throttled until the SDK gives up is exit 75 too', async () => {
  const service = await makeService()
  const throttled: Lie = {
    status: 400,
    headers: {
      'content-type': 'application/json',
      'x-amzn-requestid': '1',
      'x-amzn-errortype': 'ThrottlingException',
    },
    body: '{"message":"Rate exceeded"}',
  }
  const proxy = await startProxy(sandbox().url, () => throttled)
  const place = sandbox().place(service, { AWS_ENDPOINT_URL: proxy.url })
  const status = await run(['status', '-e', 'test', '--json'], place)
  expect(status.exitCode).toBe(75)
  expect(JSON.parse(status.stdout)).toMatchObject({ error: { code: 'AWS_UNAVAILABLE' } })
})

test.each([
  ['every fifth answer', (nth: number): Fate => (nth % 5 === 0 ? page : 'passes')],
  [
    'every fifth answer, after what was asked for was done',
    (nth: number): Fate => (nth % 5 === 0 ? { ...page, takesEffect: true } : 'passes'),
  ],
])('a release goes well though a page comes in place of %s', async (_, fate) => {
  const service = await makeService()
  const proxy = await startProxy(sandbox().url, fate)
  const place = sandbox().place(service, { AWS_ENDPOINT_URL: proxy.url })
  await runTo(0, ['deploy', '-e', 'test'], place)
  await service.writeHandler(answering('two'))
  const alarm = await sandbox().alarm(`${service.lambdaName}-refused`)
  await service.writeRelease(`bake: 0s, alarms: [${alarm}]`)
  const canary = ['canary', 'hello', '-e', 'test', '--steps', '50', '--every', '1s']
  const released = await runTo(0, canary, place)
  expect(released.stderr).not.toMatch(neither)
  const { description } = await sandbox().expectAlias(service.lambdaName, '2')
  expect(description).toMatch(/\| done 1\/1 \| candidate 2 \|/)
})

test.each([
  'CreateFunction',
  'UpdateFunctionCode',
  'UpdateFunctionConfiguration',
  'PublishVersion',
  'CreateAlias',
])('the lost answer of %s is settled by reading', async (operation) => {
  const service = await makeService()
  const seen: string[] = []
  const proxy = await startProxy(sandbox().url, (_, message) => {
    const isFirst = operationOf(message) === operation && !seen.includes(operation)
    seen.push(operationOf(message))
    return isFirst ? { ...page, takesEffect: true } : 'passes'
  })
  const place = sandbox().place(service, { AWS_ENDPOINT_URL: proxy.url })
  await runTo(0, ['deploy', '-e', 'test'], place)
  await service.writeHandler(answering('two'))
  await service.writeEnvironment('functions: {hello: {memory: 256}}')
  await runTo(0, ['deploy', '-e', 'test'], place)
  expect(seen).toContain(operation)
  await sandbox().expectAlias(service.lambdaName, '2')
  expect(await sandbox().versions(service.lambdaName)).toEqual(['1', '2'])
})

test('a release that can no longer be carried on is taken back: exit 75, and no gate is named', async () => {
  const service = await makeService()
  await sandbox().deployFirst(service)
  await service.writeHandler(answering('two'))
  let updates = 0
  const proxy = await startProxy(sandbox().url, (_, message) => {
    if (operationOf(message) === 'UpdateAlias') updates += 1
    // The second shift, with the SDK's own tries.
    return operationOf(message) === 'UpdateAlias' && updates >= 2 && updates <= 4 ? page : 'passes'
  })
  const place = sandbox().place(service, { AWS_ENDPOINT_URL: proxy.url })
  const alarm = await sandbox().alarm(`${service.lambdaName}-refused`)
  const canary = ['canary', 'hello', '-e', 'test', '--every', '1s', '--alarm', alarm, '--json']
  const ended = await start(canary, place).ended
  expect(ended.exitCode).toBe(75)
  expect(eventsOf(ended).at(-1)).toMatchObject({ event: 'error', code: 'UNREACHABLE', exitCode: 75 })
  const { description } = await sandbox().expectAlias(service.lambdaName, '1')
  expect(description).toMatch(/\| rolled-back .* AWS could not be reached/)
  expect(description).not.toMatch(neither)
  expect(JSON.stringify(eventsOf(ended).filter(({ event }) => event === 'rolled-back'))).not.toMatch(/gate/)
})

import { UpdateAliasCommand } from '@aws-sdk/client-lambda'
import { expect, test } from 'vitest'
import { eventsOf, runTo, start } from './cli.ts'
import { useSandbox } from './sandbox.ts'
import { answering, makeService } from './service.ts'

const sandbox = useSandbox()

test("a rollback's undo that puts a weight back is no release that somebody runs", async () => {
  const service = await makeService()
  const place = await sandbox().deployFirst(service)
  await service.writeHandler(answering('two'))
  await runTo(0, ['deploy', '-e', 'test'], place)
  const input = { FunctionName: service.lambdaName, Name: 'live', FunctionVersion: '1' }
  const RoutingConfig = { AdditionalVersionWeights: { '2': 0.25 } }
  await sandbox().lambda.send(new UpdateAliasCommand({ ...input, RoutingConfig }))
  const back = await runTo(0, ['rollback', 'hello', '-e', 'test'], place)
  const undo = /To undo: lambdactl (.*)/.exec(back.stdout)?.[1]?.split(' ') ?? []
  await runTo(0, undo, place)
  await service.writeHandler(answering('three'))
  const { stderr } = await runTo(5, ['deploy', '-e', 'test'], place)
  expect(stderr).toMatch(
    /has 25% on version 2 since rollback \w+ restored it, and no process carries it on\./,
  )
  expect(stderr).not.toContain('held by')
})

test('a version that Lambda has already is not told as published', async () => {
  const service = await makeService()
  const place = await sandbox().deployFirst(service)
  await service.writeHandler(answering('two'))
  const two = ['deploy', '-e', 'test']
  expect((await runTo(0, two, place)).stderr).toContain('published version 2')
  await runTo(0, ['rollback', 'hello', '-e', 'test'], place)
  const again = await runTo(0, two, place)
  expect(again.stderr).toContain('version 2 already has exactly this content')
  await runTo(0, ['rollback', 'hello', '-e', 'test'], place)
  const events = eventsOf(await runTo(0, [...two, '--json'], place))
  expect(events).toContainEqual(expect.objectContaining({ event: 'published', version: '2', existed: true }))
})

test('a tail that does not follow says how much it found, and does not wait', async () => {
  const service = await makeService()
  const place = await sandbox().deployFirst(service)
  const tail = ['logs', 'tail', 'hello', '-e', 'test', '--no-follow']
  const found = await runTo(0, tail, place)
  expect(found.stderr).toMatch(/^[1-9]\d* shown, 0 late, 0 missing$/m)
  await service.writeGroup('/shop/nothing-yet')
  await runTo(0, ['deploy', '-e', 'test', '--no-load'], place)
  const none = await runTo(0, [...tail, '--since', '1s', '--version', '1'], place)
  expect(none.stderr).toMatch(/^0 shown, /m)
  expect(none.stderr).not.toContain('waiting')
})

test.each([
  [{ NO_COLOR: '1', FORCE_COLOR: '1' }, false],
  [{ NO_COLOR: '', FORCE_COLOR: '1' }, true],
  [{ FORCE_COLOR: '1' }, true],
  [{}, false],
] as const)('with %j there are colours: %j; and Node has nothing to warn of', async (variables, colours) => {
  const service = await makeService()
  const { stderr } = await start(['status', '-e', 'nowhere'], sandbox().place(service, variables)).ended
  expect(stderr.includes('\u001B[')).toBe(colours)
  expect(stderr).not.toContain('Warning')
})

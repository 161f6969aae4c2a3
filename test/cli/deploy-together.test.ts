import { GetFunctionConfigurationCommand } from '@aws-sdk/client-lambda'
import { expect, test } from 'vitest'
import { eventsOf, expectExit, run, runTo, start } from './cli.ts'
import { useSandbox } from './sandbox.ts'
import { answering, failing, makeService } from './service.ts'

const sandbox = useSandbox()

/** A service with a second function, `other`, whose handler and release settings a test may give. */
async function two({ handler = 'index.handler', release = '' } = {}) {
  const service = await makeService()
  await service.write({ 'other/index.mjs': answering('other') })
  const writeOther = (how: { handler?: string; release?: string }) =>
    service.writeFunction(
      `other: {source: other, runtime: nodejs24.x, handler: ${how.handler ?? 'index.handler'}, bundle: false, release: {${how.release ?? ''}}}`,
    )
  await writeOther({ handler, release })
  return { ...service, writeOther, otherName: service.lambdaName.replace('-hello-', '-other-') }
}

test('both are published before one is switched, and each says what it came to', async () => {
  const service = await two()
  const deployed = await runTo(0, ['deploy', '-e', 'test', '--json'], sandbox().place(service))
  const events = eventsOf(deployed)
  expect(
    events.slice(1).every((event) => event['function'] === 'hello' || event['function'] === 'other'),
  ).toBe(true)
  const order = events
    .map(({ event }) => event)
    .filter((event) => event === 'published' || event === 'shifted')
  expect(order).toEqual(['published', 'published', 'shifted', 'shifted'])
  expect(events.filter(({ event }) => event === 'result')).toMatchObject([
    { function: 'hello', outcome: 'released', version: '1' },
    { function: 'other', outcome: 'released', version: '1' },
  ])
})

/** Returns the digest of $LATEST's code. */
async function latestCode(lambdaName: string): Promise<string | undefined> {
  const command = new GetFunctionConfigurationCommand({ FunctionName: lambdaName })
  return (await sandbox().lambda.send(command)).CodeSha256
}

test('one that can not be packaged leaves the other as it was, exit 2; with --keep-going the other is switched', async () => {
  const service = await two()
  const place = await sandbox().deployFirst(service)
  const before = await latestCode(service.lambdaName)
  await service.writeHandler(answering('two'))
  await service.writeOther({ handler: 'none.handler' })
  const refused = await runTo(2, ['deploy', '-e', 'test'], place)
  expect(refused.stderr).toContain('other  failed: ')
  expect(refused.stdout).toBe('')
  await sandbox().expectAlias(service.lambdaName, '1')
  expect(await sandbox().versions(service.lambdaName)).toEqual(['1'])
  expect(await latestCode(service.lambdaName)).toBe(before)
  const kept = await runTo(2, ['deploy', '-e', 'test', '--keep-going'], place)
  expect(kept.stdout).toBe('hello: version 2 has 100% of live (before: 1)\n')
  expect(await sandbox().versions(service.lambdaName)).toEqual(['1', '2'])
  expect(await sandbox().versions(service.otherName)).toEqual(['1'])
})

/** Handlers that are found in their files and fail while they are loaded. */
const unloadable = "import 'not-there'\nexport const handler = async () => 1\n"

test('handlers that can not be loaded are all told, and no function is changed', async () => {
  const service = await two()
  const place = await sandbox().deployFirst(service)
  const before = await latestCode(service.lambdaName)
  await service.writeHandler(unloadable)
  await service.write({ 'other/index.mjs': unloadable })
  const refused = await run(['deploy', '-e', 'test', '--json'], place)
  expect(refused.exitCode).toBe(2)
  const error = eventsOf(refused).at(-1)
  expect(error).toMatchObject({
    event: 'error',
    code: 'PACKAGE_INVALID',
    failures: [
      { function: 'hello', code: 'PACKAGE_INVALID', message: expect.stringContaining('not-there') as string },
      { function: 'other', code: 'PACKAGE_INVALID' },
    ],
  })
  expect(await latestCode(service.lambdaName)).toBe(before)
  expect(await sandbox().versions(service.otherName)).toEqual(['1'])
})

test('package tells each that fails by its name, and shows those that do not', async () => {
  const service = await two({ handler: 'none.handler' })
  const text = await runTo(2, ['package'], sandbox().place(service))
  expect(text.stderr).toContain('Error: other: The handler none.handler has no module')
  expect(text.stdout).toMatch(/^hello\n {2}digest/)
  const json = await run(['package', '--json'], sandbox().place(service))
  expect(JSON.parse(json.stdout)).toMatchObject({ error: { code: 'PACKAGE_INVALID', function: 'other' } })
  await service.writeHandler('export const other = 1\n')
  const both = await run(['package', '--json'], sandbox().place(service))
  expect(JSON.parse(both.stdout)).toMatchObject({
    error: { failures: [{ function: 'hello' }, { function: 'other' }] },
  })
})

test('one whose candidate fails its smoke event leaves the other where it is, but with --keep-going: exit 6', async () => {
  const service = await two()
  const place = await sandbox().deployFirst(service)
  await service.writeHandler(failing.replaceAll('event.smoke', 'event.never'))
  await service.write({ 'other/index.mjs': answering('other two') })
  const stopped = await runTo(6, ['deploy', '-e', 'test'], place)
  expect(stopped.stdout).toBe('')
  await sandbox().expectAlias(service.otherName, '1')
  const deployed = await runTo(6, ['deploy', '-e', 'test', '--keep-going'], place)
  expect(deployed.stdout).toBe('other: version 2 has 100% of live (before: 1)\n')
  await sandbox().expectAlias(service.lambdaName, '1')
  await sandbox().expectAlias(service.otherName, '2')
})

test('an alarm of one rolls that one back, the other stays: exit 7', async () => {
  const service = await two()
  await sandbox().deployFirst(service)
  const alarms = await Promise.all(['a', 'b'].map((name) => sandbox().alarm(`${service.lambdaName}-${name}`)))
  await service.writeRelease(`bake: 4s, alarms: [${alarms[0]}]`)
  await service.writeOther({ release: `bake: 4s, alarms: [${alarms[1]}]` })
  await service.writeHandler(answering('two'))
  await service.write({ 'other/index.mjs': answering('other two') })
  const deploy = start(['deploy', '-e', 'test'], sandbox().place(service))
  await deploy.says(/hello {2}shifted live: 100% on version 2/)
  await sandbox().setAlarm(alarms[0] ?? '', 'ALARM')
  const ended = await deploy.ended
  expectExit(ended, 7)
  expect(ended.stdout).toBe('other: version 2 has 100% of live (before: 1)\n')
  await sandbox().expectAlias(service.lambdaName, '1')
  await sandbox().expectAlias(service.otherName, '2')
})

test('an interrupt while both bake rolls both back: exit 130', async () => {
  const service = await two()
  await sandbox().deployFirst(service)
  const alarm = await sandbox().alarm(`${service.lambdaName}-refused`)
  await service.writeRelease(`bake: 60s, alarms: [${alarm}]`)
  await service.writeOther({ release: `bake: 60s, alarms: [${alarm}]` })
  await service.writeHandler(answering('two'))
  await service.write({ 'other/index.mjs': answering('other two') })
  const deploy = start(['deploy', '-e', 'test'], sandbox().place(service))
  await Promise.all([deploy.says(/hello {2}shifted live: 100%/), deploy.says(/other {2}shifted live: 100%/)])
  deploy.child.kill('SIGINT')
  const ended = await deploy.ended
  expectExit(ended, 130)
  await sandbox().expectAlias(service.lambdaName, '1')
  await sandbox().expectAlias(service.otherName, '1')
})

test('twenty functions go out without a warning of Node', async () => {
  const service = await makeService()
  const names = Array.from({ length: 19 }, (_, index) => `f${index}`)
  await service.writeFunction(
    names
      .map((name) => `${name}: {source: hello, runtime: nodejs24.x, handler: index.handler, bundle: false}`)
      .join('\n  '),
  )
  const deployed = await runTo(0, ['deploy', '-e', 'test'], sandbox().place(service))
  expect(deployed.stdout.trimEnd().split('\n')).toHaveLength(20)
  expect(deployed.stderr).not.toMatch(/Warning/)
})

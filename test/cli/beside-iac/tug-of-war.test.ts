import { UpdateAliasCommand } from '@aws-sdk/client-lambda'
import { expect, test } from 'vitest'
import { expectExit, run, runTo, start } from '../cli.ts'
import { useSandbox } from '../sandbox.ts'
import { answering } from '../service.ts'
import { besideWorld, configurationOf, type World } from './world.ts'

const sandbox = useSandbox()
const world = (name: string) => besideWorld(sandbox(), name)

/** An apply with publish = true that owns the alias: it publishes, moves the alias there, and replaces its Description. */
async function applies({ made }: World, MemorySize: number): Promise<string> {
  await made.updateSettings({ MemorySize })
  const version = await made.publish()
  await sandbox().lambda.send(
    new UpdateAliasCommand({
      FunctionName: made.name,
      Name: 'live',
      FunctionVersion: version,
      RoutingConfig: { AdditionalVersionWeights: {} },
      Description: '',
    }),
  )
  return version
}

test('an apply that moved the alias is told by status, and mended by rollback; no release undoes its settings', async () => {
  const beside = await world('tugged')
  const { place, made, write } = beside
  await runTo(0, ['deploy', '--env', 'prod'], place)
  await write({ 'checkout/index.mjs': answering('two') })
  await runTo(0, ['deploy', '--env', 'prod'], place)
  expect(await applies(beside, 1024)).toBe('3')
  const applied = await configurationOf(sandbox(), made)

  const status = await runTo(0, ['status', 'checkout', '--env', 'prod'], place)
  expect(status.stdout).toContain('made by Terraform')
  expect(status.stdout).toMatch(
    /live is on version 3, and something other than lambdactl replaced its Description. By the journal, release \w+ \(all-at-once, done\) left it on version 2/,
  )
  expect(status.stdout).toContain('To put version 2 back: lambdactl rollback checkout --env prod')
  const doctor = await runTo(0, ['doctor', '--env', 'prod'], place)
  expect(doctor.stdout).toMatch(/warn {2}alias: live is on version 3, and something other than lambdactl/)
  const dry = await runTo(0, ['deploy', '--env', 'prod'], place)
  expect(dry.stderr).toContain('live is on version 3, where something other than lambdactl moved it')

  const back = await runTo(0, ['rollback', 'checkout', '--env', 'prod'], place)
  expect(back.stdout).toContain('version 2')
  expect(await sandbox().alias('tugged')).toMatchObject({ version: '2' })

  await write({ 'checkout/index.mjs': answering('three') })
  const released = await runTo(0, ['deploy', '--env', 'prod'], place)
  expect(released.stderr).toContain('a change by Terraform: memory 512 MB → 1024 MB')
  expect(await configurationOf(sandbox(), made)).toEqual(applied)
})

test('an apply of memory during a canary pauses it with the change, and an approval accepts it', async () => {
  const { place, made, write } = await world('applied')
  await runTo(0, ['deploy', '--env', 'prod'], place)
  await write({ 'checkout/index.mjs': answering('two') })
  const alarm = await sandbox().alarm('applied-refused')
  const canary = ['canary', 'checkout', '--env', 'prod', '--alarm', alarm, '--every', '3s', '--bake', '1s']
  const release = start(canary, place)
  await expect
    .poll(async () => (await sandbox().alias('applied')).weights, { timeout: 30_000 })
    .toEqual({ 2: 0.5 })
  await made.updateSettings({ MemorySize: 1024 })
  const ended = await release.ended
  expectExit(ended, 8)
  expect(ended.stderr).toContain(
    'is paused: its gates are inconclusive: something other than lambdactl changed applied since version 2',
  )
  expect(ended.stderr).toContain('memory 512 MB → 1024 MB')
  const paused = await run(['doctor', '--env', 'prod', '--fail-on', 'warning'], place)
  expect(paused.stdout).toMatch(
    /warn {2}alias: canary \w+ of version 2 is paused .* since \d{4}-\d\d-\d\d \d\d:/,
  )
  expect(paused.stdout).toContain('→ Let it go on: lambdactl canary approve checkout --env prod')
  await runTo(0, ['canary', 'resume', 'checkout', '--approve', '--env', 'prod'], place)
  expect(await sandbox().alias('applied')).toMatchObject({ version: '2' })
})

test('a Description that another tool put back is a warning of doctor, with the way to end that', async () => {
  const { place } = await world('described')
  await runTo(0, ['deploy', '--env', 'prod'], place)
  const described = { FunctionName: 'described', Name: 'live', Description: 'what customers get' }
  await sandbox().lambda.send(new UpdateAliasCommand(described))
  const { stdout } = await runTo(0, ['doctor', '--env', 'prod'], place)
  expect(stdout).toMatch(/warn {2}alias: live is on version 1, where all-at-once \w+ put it/)
  expect(stdout).toContain('ignore_changes = [function_version, routing_config, description]')
})

test("secrets among the other tool's variables are in no output", async () => {
  const { place, made, write } = await world('secretive')
  const secret = 'hunter2-of-another-tool'
  await made.updateSettings({ Environment: { Variables: { API_TOKEN: secret } } })
  await write({
    'lambdactl.yaml': `service: shop
functions:
  checkout: {name: secretive, source: checkout, release: {smoke: [{event: {}}]}}
environments:
  prod: {region: eu-west-1, manages: code}
`,
    'checkout/index.mjs': 'export const handler = () => { throw new Error(process.env.API_TOKEN) }',
  })
  const refused = await runTo(6, ['deploy', '--env', 'prod'], place)
  expect(refused.stderr).toContain('***')
  expect(refused.stdout + refused.stderr).not.toContain(secret)
})

test("invoke and logs mask the secrets among the other tool's variables", async () => {
  const { place, made, write } = await world('talkative')
  const secret = 'hunter2-of-another-tool'
  await made.updateSettings({ Environment: { Variables: { API_TOKEN: secret } } })
  await write({
    'checkout/index.mjs': `export const handler = async () => {
  console.log('token', process.env.API_TOKEN)
  return { token: process.env.API_TOKEN }
}
`,
  })
  await runTo(0, ['deploy', '--env', 'prod'], place)
  const invoked = await runTo(0, ['invoke', 'checkout', '--env', 'prod'], place)
  expect(invoked.stdout).toBe('{"token":"***"}\n')
  expect(invoked.stderr).toContain('token ***')
  const read = await runTo(0, ['logs', 'checkout', '--env', 'prod', '--no-follow'], place)
  expect(read.stdout).toContain('token ***')
  for (const { stdout, stderr } of [invoked, read]) expect(stdout + stderr).not.toContain(secret)
})

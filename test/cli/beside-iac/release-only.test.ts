import {
  GetFunctionCommand,
  GetFunctionConcurrencyCommand,
  PutFunctionConcurrencyCommand,
  PutProvisionedConcurrencyConfigCommand,
} from '@aws-sdk/client-lambda'
import { expect, test } from 'vitest'
import { runTo } from '../cli.ts'
import { useSandbox } from '../sandbox.ts'
import { answering } from '../service.ts'
import { besideWorld, configurationOf } from './world.ts'

const sandbox = useSandbox()
const world = (name: string, fields?: string) => besideWorld(sandbox(), name, fields)

test("releases the code of another tool's function, and leaves everything else of it alone", async () => {
  const { place, made, operations, write } = await world('terraformed')
  const before = await configurationOf(sandbox(), made)
  const first = await runTo(0, ['deploy', '--env', 'prod'], place)
  expect(first.stdout).toBe('checkout: version 1 has 100% of live\n')
  const again = await runTo(0, ['deploy', '--env', 'prod'], place)
  expect(again.stdout).toBe('checkout: nothing to deploy, live is on version 1\n')
  await write({ 'checkout/index.mjs': answering('two') })
  const alarm = await sandbox().alarm('terraformed-refused')
  const canary = await runTo(
    0,
    ['canary', 'checkout', '--env', 'prod', '--alarm', alarm, '--bake', '1s'],
    place,
  )
  expect(canary.stdout).toBe('checkout: version 2 has 100% of live (before: 1)\n')
  const back = await runTo(0, ['rollback', 'checkout', '--env', 'prod'], place)
  expect(back.stdout).toContain('version 1')
  expect(await configurationOf(sandbox(), made)).toEqual(before)
  expect([...operations]).toContain('UpdateFunctionCode')
})

test('releases a change of configuration alone, and says what it ships', async () => {
  const { place, made, operations } = await world('reconfigured')
  await runTo(0, ['deploy', '--env', 'prod'], place)
  await made.updateSettings({ MemorySize: 1024 })
  operations.clear()
  const changed = await runTo(0, ['diff', '--env', 'prod'], place)
  expect(changed.stdout).toBe(
    'checkout (reconfigured): 1 setting changed against version 1 of live\n  ~ memory 512 MB → 1024 MB\n    set by Terraform: a release publishes $LATEST with these settings, and changes none\n',
  )
  const refused = await runTo(6, ['deploy', '--env', 'prod', '--refuse-config-change'], place)
  const ships = 'a change by Terraform: memory 512 MB → 1024 MB'
  expect(refused.stderr).toContain(`--refuse-config-change: this release would also ship ${ships}`)
  expect(refused.stderr).toContain(
    '→ To release the code alone, first put the old settings back with Terraform.\n',
  )
  expect(refused.stderr).toContain(
    '→ To ship it too, under the same gates: lambdactl deploy checkout --env prod\n',
  )
  const alarm = await sandbox().alarm('reconfigured-refused')
  const canary = ['canary', 'checkout', '--env', 'prod', '--alarm', alarm, '--bake', '1s']
  const released = await runTo(0, canary, place)
  expect(released.stdout).toBe('checkout: version 2 has 100% of live (before: 1)\n')
  expect(released.stderr).toContain(`this release also ships ${ships}\n`)
  expect([...operations]).not.toContain('UpdateFunctionCode')
  const { Configuration } = await sandbox().lambda.send(
    new GetFunctionCommand({ FunctionName: made.name, Qualifier: 'live' }),
  )
  expect(Configuration).toMatchObject({ MemorySize: 1024, Version: '2' })
  const history = await runTo(0, ['history', 'checkout', '--env', 'prod'], place)
  expect(history.stdout).toContain(`also shipped ${ships}`)
})

test('without a source it releases the code that the other tool gave $LATEST', async () => {
  const { place, made, operations } = await world('sourceless', 'manages: code')
  await runTo(0, ['deploy', '--env', 'prod'], place)
  await made.updateCode([{ name: 'index.mjs', content: answering('from its tool') }])
  const job = { GITHUB_SHA: '0123456789'.repeat(4), GITHUB_WORKSPACE: place.cwd }
  const inJob = { ...place, env: { ...place.env, ...job } }
  const released = await runTo(0, ['deploy', '--env', 'prod'], inJob)
  expect(released.stdout).toBe('checkout: version 2 has 100% of live (before: 1)\n')
  expect([...operations]).not.toContain('UpdateFunctionCode')
  const status = await runTo(0, ['status', '--env', 'prod', '--json'], place)
  expect(status.stdout).toContain('"digest"')
  expect(status.stdout).not.toContain(job.GITHUB_SHA)
  const invoked = await runTo(0, ['invoke', 'checkout', '--env', 'prod'], place)
  expect(JSON.parse(invoked.stdout)).toMatchObject({ text: 'from its tool' })
  operations.clear()
  await made.updateCode([{ name: 'index.mjs', content: 'export const other = 1\n' }])
  const broken = await runTo(2, ['deploy', '--env', 'prod'], place)
  expect(broken.stderr).toContain('handler')
  expect([...operations]).not.toContain('PublishVersion')
})

test('refuses settings of the other tool in the file, and a function that it has not made', async () => {
  const { place } = await world('refused', 'source: checkout, memory: 512')
  const refused = await runTo(2, ['deploy', '--env', 'prod'], place)
  expect(refused.stderr).toContain(
    'functions.checkout.memory: it belongs to the tool that makes the function',
  )
  const { place: other, write } = await world('there')
  await write({
    'lambdactl.yaml': `service: shop
functions:
  checkout: {name: not-there, source: checkout, manages: code}
environments:
  prod: {region: eu-west-1}
`,
  })
  const missing = await runTo(4, ['deploy', '--env', 'prod'], other)
  expect(missing.stderr).toContain(
    'The function not-there does not exist here, and lambdactl does not make it',
  )
})

test('stops and starts the function in an incident, and puts back what the other tool has set', async () => {
  const { place, made } = await world('dangerous')
  await runTo(0, ['deploy', '--env', 'prod'], place)
  const FunctionName = made.name
  const ReservedConcurrentExecutions = 3
  await sandbox().lambda.send(
    new PutFunctionConcurrencyCommand({ FunctionName, ReservedConcurrentExecutions }),
  )
  const stop = ['concurrency', 'stop', 'checkout', '--env', 'prod', '--reason', 'it loops']
  const stopped = await runTo(0, stop, place)
  expect(stopped.stderr).toContain('the concurrency of dangerous belongs to Terraform, whose next run may')
  await runTo(6, ['invoke', 'checkout', '--env', 'prod'], place)
  await runTo(0, ['concurrency', 'start', 'checkout', '--env', 'prod'], place)
  const found = await sandbox().lambda.send(new GetFunctionConcurrencyCommand({ FunctionName }))
  expect(found).toMatchObject({ ReservedConcurrentExecutions })
})

test('leaves the concurrency of the other tool alone, and says whose it is', async () => {
  const { place, made, operations } = await world('concurrent')
  await runTo(0, ['deploy', '--env', 'prod'], place)
  const reserved = await runTo(2, ['concurrency', 'reserve', 'checkout', '0', '--env', 'prod'], place)
  expect(reserved.stderr).toContain(
    'The reserved concurrency of concurrent belongs to Terraform, since checkout has manages: code.',
  )
  expect(reserved.stderr).toContain(
    "until you start it again: lambdactl concurrency stop checkout --env prod --reason 'TEXT'",
  )
  const provisioned = await runTo(2, ['concurrency', 'provision', 'checkout', '1', '--env', 'prod'], place)
  expect(provisioned.stderr).toContain('The provisioned concurrency of concurrent belongs to Terraform')
  const put = (qualifier: string) =>
    new PutProvisionedConcurrencyConfigCommand({
      FunctionName: made.name,
      Qualifier: qualifier,
      ProvisionedConcurrentExecutions: 1,
    })
  await sandbox().lambda.send(put('live'))
  await made.updateSettings({ MemorySize: 1024 })
  operations.clear()
  const refused = await runTo(6, ['deploy', '--env', 'prod'], place)
  expect(refused.stderr).toContain('live itself has 1 provisioned environment, set by Terraform')
  expect(refused.stderr).toContain('functions.checkout.provisionedConcurrency: 1')
  expect([...operations]).not.toContain('PublishVersion')
})

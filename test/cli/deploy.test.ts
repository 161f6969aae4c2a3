import { join } from 'node:path'
import { GetFunctionConfigurationCommand } from '@aws-sdk/client-lambda'
import { expect, test } from 'vitest'
import { functionsOf, runTo } from './cli.ts'
import { useSandbox } from './sandbox.ts'
import { answering, makeService, temporaryFolder } from './service.ts'
import { variables } from './variables.ts'

const sandbox = useSandbox()

test('init writes a service that deploys as it is: version 1, and the alias on it', async () => {
  const folder = await temporaryFolder()
  const env = variables(folder, { LAMBDACTL_ENDPOINT_URL: sandbox().url })
  const init = await runTo(0, ['init', 'shop'], { cwd: folder, env })
  expect(init.stdout).toContain('wrote shop/lambdactl.yaml')
  expect(init.stderr).toContain('lambdactl deploy --env sandbox')
  const place = { cwd: join(folder, 'shop'), env }
  const deployed = await runTo(0, ['deploy', '--env', 'sandbox'], place)
  expect(deployed.stdout).toBe('hello: version 1 has 100% of live\n')
  expect(await sandbox().alias('shop-hello-sandbox')).toMatchObject({ version: '1', weights: {} })
  const invoked = await runTo(0, ['invoke', 'hello', '--env', 'sandbox'], place)
  expect(JSON.parse(invoked.stdout)).toEqual({ message: 'Hello, world, from sandbox!', version: '1' })
})

test('deploying the same again says that there is nothing to deploy, and publishes nothing', async () => {
  const service = await makeService()
  const place = await sandbox().deployFirst(service)
  const before = await sandbox().alias(service.lambdaName)
  const again = await runTo(0, ['deploy', '-e', 'test'], place)
  expect(again.stdout).toBe('hello: nothing to deploy, live is on version 1\n')
  expect(await sandbox().versions(service.lambdaName)).toEqual(['1'])
  expect(await sandbox().alias(service.lambdaName)).toEqual(before)
})

test('--dry-run shows the plan, proves its gates and touches nothing', async () => {
  const service = await makeService()
  const place = await sandbox().deployFirst(service)
  const latest = new GetFunctionConfigurationCommand({ FunctionName: service.lambdaName })
  const { RevisionId } = await sandbox().lambda.send(latest)
  const alias = await sandbox().alias(service.lambdaName)
  await service.writeHandler(answering('two'))
  const deployed = await runTo(0, ['deploy', '-e', 'test', '--dry-run'], place)
  expect(deployed.stdout).toBe('hello: planned only, nothing was changed\n')
  expect(deployed.stderr).toContain('moves live from version 1 to the next version')
  const canary = await runTo(6, ['canary', 'hello', '-e', 'test', '--dry-run'], place)
  expect(canary.stderr).toMatch(/ 10%, holds 5 min\n.* 50%, holds 5 min\n/)
  expect(canary.stderr).toContain('no alarm gates this release, so the release would prove nothing')
  expect(await sandbox().alias(service.lambdaName)).toEqual(alias)
  expect(await sandbox().versions(service.lambdaName)).toEqual(['1'])
  expect(await sandbox().lambda.send(latest)).toMatchObject({ RevisionId })
})

test('a change is deployed blue/green, and status tells versions and release, as text and as JSON', async () => {
  const service = await makeService()
  const place = await sandbox().deployFirst(service)
  await service.writeHandler(answering('two'))
  const deployed = await runTo(0, ['deploy', 'hello', '-e', 'test'], place)
  expect(deployed.stdout).toBe('hello: version 2 has 100% of live (before: 1)\n')
  const { description } = await sandbox().expectAlias(service.lambdaName, '2')
  expect(description).toMatch(/^lambdactl all-at-once \w+ \| done 0\/0 \| candidate 2 \| held 2 1 \| since /)
  const text = await runTo(0, ['status', '-e', 'test'], place)
  expect(text.stdout).toMatch(/ done {2}all-at-once \w+ put version 2 at 100%/)
  expect(text.stdout).toMatch(/version {3}2 {2}100%.*\n.*version {3}1 /)
  const json = await runTo(0, ['status', '-e', 'test', '--json'], place)
  expect(functionsOf(json)).toMatchObject([
    {
      function: 'hello',
      alias: { name: 'live', version: '2' },
      record: { phase: 'done', candidate: '2', held: ['2', '1'] },
      versions: [
        { version: '2', percent: 100, origin: { digest: expect.any(String) as string } },
        { version: '1', percent: 0 },
      ],
    },
  ])
})

test('status before the first deploy says that nothing is deployed, and which command deploys it', async () => {
  const service = await makeService()
  const status = await runTo(0, ['status', '-e', 'test'], sandbox().place(service))
  expect(status.stdout).toBe(
    `hello (${service.lambdaName})\n  not deployed\n  → lambdactl deploy hello --env test\n`,
  )
})

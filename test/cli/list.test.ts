import { join, relative } from 'node:path'
import { expect, test } from 'vitest'
import { ForeignFunction } from './adopted.ts'
import { runTo } from './cli.ts'
import { useSandbox } from './sandbox.ts'
import { makeService, temporaryFolder } from './service.ts'

const sandbox = useSandbox()

test('list shows the functions of the Region, their aliases, and which of them lambdactl knows', async () => {
  const service = await makeService()
  const place = await sandbox().deployFirst(service)
  const legacy = new ForeignFunction(sandbox(), 'legacy-api')
  const content = 'export const handler = async () => 1'
  await legacy.create([{ name: 'index.mjs', content }], { Tags: { team: 'pay' } })
  await legacy.alias('prod', await legacy.publish())

  const all = await runTo(0, ['list', '-e', 'test'], place)
  expect(all.stdout).toMatch(/^2 functions in this account and Region\n/)
  expect(all.stdout).toMatch(/^ +legacy-api +nodejs24\.x +\S+ \S+ +prod 1$/m)
  expect(all.stdout).toMatch(
    new RegExp(`^ +${service.lambdaName} +nodejs24\\.x .* live 1 +hello of lambdactl\\.yaml$`, 'm'),
  )
  expect(all.stderr).toContain('To take one on: lambdactl init --from legacy-api --env test')

  const tagged = await runTo(0, ['list', '-e', 'test', '--tag', 'team=pay', '--json'], place)
  expect(JSON.parse(tagged.stdout)).toMatchObject({
    functions: [{ name: 'legacy-api', aliases: [{ name: 'prod', version: '1' }], released: [] }],
    total: 2,
    missing: [],
  })

  // `init` takes the folder of the file, not the file.
  const beside = { ...place, cwd: await temporaryFolder() }
  const named = await runTo(
    0,
    ['list', '-e', 'test', '--config', join(place.cwd, 'lambdactl.yaml'), '--region', 'eu-west-1'],
    beside,
  )
  const folder = relative(beside.cwd, place.cwd)
  expect(named.stderr).toContain(`lambdactl init ${folder} --from legacy-api --env test --region eu-west-1\n`)

  // Without a file, the release record tells.
  const elsewhere = sandbox().place({ folder: await temporaryFolder() })
  const own = await runTo(0, ['list', '--region', 'eu-west-1', '--prefix', 'shop'], elsewhere)
  expect(own.stdout).toMatch(/^1 of 2 functions .*\n +\S+ .* released by lambdactl \(live\)\n$/)

  const other = await makeService()
  const missing = await runTo(0, ['list', '-e', 'test'], sandbox().place(other))
  expect(missing.stdout).toContain('not deployed: hello')
  expect(missing.stderr).toContain('To deploy: lambdactl deploy --env test\n')
})

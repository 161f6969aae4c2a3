import { expect, test } from 'vitest'
import { runTo, start } from './cli.ts'
import { useSandbox } from './sandbox.ts'
import { answering, makeService } from './service.ts'

const sandbox = useSandbox()

test('a canary whose process was killed is explained, holds the alias, and is mended by rollback', async () => {
  const service = await makeService()
  const place = await sandbox().deployFirst(service)
  await service.writeHandler(answering('two'))
  const alarm = await sandbox().alarm(`${service.lambdaName}-refused`)
  const args = ['canary', 'hello', '-e', 'test', '--steps', '25', '--every', '60s', '--alarm', alarm]
  const canary = start(args, place)
  const [, id] = await canary.says(/plan: canary (\w+) [^]*\(step 1 of 1\)/)
  canary.child.kill('SIGKILL')
  expect(await canary.ended).toMatchObject({ signal: 'SIGKILL' })
  const left = await sandbox().alias(service.lambdaName)
  expect(left).toMatchObject({ version: '1', weights: { '2': 0.25 } })

  const status = await runTo(0, ['status', 'hello', '-e', 'test'], place)
  expect(status.stdout).toContain(
    `shifting  canary ${id} of version 2 is shifting at step 1 of 1, with 25% on version 2, since `,
  )
  expect(status.stdout).toMatch(
    /→ If no process carries it on, do so: lambdactl canary resume hello --env test\n {2}→ Or put version 1 back: lambdactl rollback hello --env test/,
  )

  for (const again of [['deploy', '-e', 'test'], args]) {
    const { stderr } = await runTo(5, again, place)
    expect(stderr).toContain(`is held by release ${id} (canary, shifting), with 25% on version 2`)
    expect(stderr).toContain('lambdactl rollback hello')
  }
  expect(await sandbox().alias(service.lambdaName)).toEqual(left)

  await runTo(0, ['rollback', 'hello', '-e', 'test'], place)
  await sandbox().expectAlias(service.lambdaName, '1')
  const deployed = await runTo(0, ['deploy', '-e', 'test'], place)
  expect(deployed.stdout).toBe('hello: version 2 has 100% of live (before: 1)\n')
})

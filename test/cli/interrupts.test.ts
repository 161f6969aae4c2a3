import { access, readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test, vi } from 'vitest'
import { expectExit, runTo, start } from './cli.ts'
import { startProxy } from './proxy.ts'
import { useSandbox } from './sandbox.ts'
import { answering, makeService } from './service.ts'

const sandbox = useSandbox()

/** Answers its smoke event late, so that there is time before the first shift. */
const slowToAnswer = `export const handler = async () => {
  await new Promise((resolve) => setTimeout(resolve, 4000))
  return 'late'
}
`

test.each(['SIGINT', 'SIGTERM'] as const)(
  '%s before any shift leaves the alias: exit 130',
  async (signal) => {
    const service = await makeService()
    const place = await sandbox().deployFirst(service)
    const before = await sandbox().alias(service.lambdaName)
    await service.writeHandler(slowToAnswer)
    const deploy = start(['deploy', '-e', 'test'], place)
    await deploy.says(/plan: all-at-once/)
    deploy.child.kill(signal)
    const ended = await deploy.ended
    expectExit(ended, 130)
    expect(ended.stderr).toContain('Interrupted before any traffic moved: the alias did not change.')
    expect(ended.stderr).not.toContain('shifted')
    expect(await sandbox().alias(service.lambdaName)).toEqual(before)
  },
)

test('SIGINT while AWS does not answer ends a deploy before it changes anything: exit 130', async () => {
  const service = await makeService()
  await sandbox().deployFirst(service)
  await service.writeHandler(answering('two'))
  const proxy = await startProxy(sandbox().url)
  proxy.fallSilent()
  const deploy = start(['deploy', '-e', 'test'], sandbox().place(service, { AWS_ENDPOINT_URL: proxy.url }))
  await proxy.unanswered
  deploy.child.kill('SIGINT')
  expectExit(await deploy.ended, 130)
  expect(await sandbox().versions(service.lambdaName)).toEqual(['1'])
  await sandbox().expectAlias(service.lambdaName, '1')
})

test.each(['SIGINT', 'SIGTERM'] as const)(
  '%s while a handler is loaded leaves nothing of the package that it is loaded from',
  async (signal) => {
    const service = await makeService()
    const place = sandbox().place(service)
    const { TMPDIR: temporary = '' } = place.env
    const hanging = `import { writeFileSync } from 'node:fs'
writeFileSync(${JSON.stringify(join(service.folder, 'loading'))}, '')
await new Promise((resolve) => setTimeout(resolve, 9000))
export const handler = async () => 1\n`
    await service.writeHandler(hanging)
    const deploy = start(['deploy', '-e', 'test'], place)
    await vi.waitFor(() => access(join(service.folder, 'loading')), { timeout: 30_000 })
    expect((await readdir(temporary)).filter((name) => name.startsWith('lambdactl-load-'))).toHaveLength(1)
    deploy.child.kill(signal)
    expectExit(await deploy.ended, 130)
    expect((await readdir(temporary)).filter((name) => name.startsWith('lambdactl-'))).toEqual([])
  },
)

test.each(['SIGINT', 'SIGTERM'] as const)('%s during a step rolls back: exit 130', async (signal) => {
  const service = await makeService()
  const place = await sandbox().deployFirst(service)
  await service.writeHandler(answering('two'))
  const alarm = await sandbox().alarm(`${service.lambdaName}-refused`)
  const canary = start(['canary', 'hello', '-e', 'test', '--every', '60s', '--alarm', alarm], place)
  await canary.says(/\(step 1 of 2\)/)
  canary.child.kill(signal)
  const ended = await canary.ended
  expectExit(ended, 130)
  expect(ended.stderr).toContain('rolled back: live is on version 1, weights cleared')
  const { description } = await sandbox().expectAlias(service.lambdaName, '1')
  expect(description).toMatch(/\| rolled-back 1\/2 \| candidate 2 \|.*\| interrupted by the user$/)
  const status = await runTo(0, ['status', '-e', 'test'], place)
  expect(status.stdout).toContain('was rolled back to version 1')
})

test('a second SIGINT leaves at once, even while AWS does not answer the rollback', async () => {
  const service = await makeService()
  await sandbox().deployFirst(service)
  await service.writeHandler(answering('two'))
  const alarm = await sandbox().alarm(`${service.lambdaName}-refused`)
  const proxy = await startProxy(sandbox().url)
  const place = sandbox().place(service, { AWS_ENDPOINT_URL: proxy.url })
  const canary = start(['canary', 'hello', '-e', 'test', '--every', '60s', '--alarm', alarm], place)
  await canary.says(/gate pass/)
  proxy.fallSilent()
  await proxy.unanswered
  canary.child.kill('SIGINT')
  await canary.says(/interrupted: rolling back\. Interrupt again to leave at once/)
  canary.child.kill('SIGINT')
  expect((await canary.ended).exitCode).toBe(130)
  expect(await sandbox().alias(service.lambdaName)).toMatchObject({ version: '1', weights: { '2': 0.1 } })
})

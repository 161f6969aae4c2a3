import { expect, test } from 'vitest'
import { run, runTo } from './cli.ts'
import { useSandbox } from './sandbox.ts'
import { makeService } from './service.ts'

const sandbox = useSandbox()
// An escape sequence; written so that no control character stands in a pattern.
const escape = '\u001b['

test('LAMBDACTL_ENV names the environment, and --env beats it', async () => {
  const service = await makeService()
  await sandbox().deployFirst(service)
  const byVariable = await runTo(0, ['status'], sandbox().place(service, { LAMBDACTL_ENV: 'test' }))
  expect(byVariable.stdout).toContain('put version 1 at 100%')
  const other = sandbox().place(service, { LAMBDACTL_ENV: 'prod' })
  expect((await runTo(4, ['status'], other)).stderr).toContain('"prod"')
  await runTo(0, ['status', '--env', 'test'], other)
})

test('the only environment needs no name', async () => {
  const service = await makeService()
  const place = await sandbox().deployFirst(service)
  const { stdout, stderr } = await runTo(0, ['status'], place)
  expect(stdout).toContain('put version 1 at 100%')
  expect(stderr).toMatch(/^test · /)
})

test('output that is piped has no colours; FORCE_COLOR brings them, and NO_COLOR keeps them away', async () => {
  const service = await makeService()
  const outputs = async (extra: NodeJS.ProcessEnv, ...args: string[]) => {
    const { stdout, stderr } = await run(args, sandbox().place(service, extra))
    return { stdout: stdout.includes(escape), stderr: stderr.includes(escape) }
  }
  const none = { stdout: false, stderr: false }
  const all = { stdout: true, stderr: true }
  expect(await outputs({}, 'deploy', '-e', 'test')).toEqual(none)
  expect(await outputs({ FORCE_COLOR: '1' }, 'deploy', '-e', 'test')).toMatchObject({ stderr: true })
  expect(await outputs({}, 'status', '-e', 'test')).toEqual(none)
  expect(await outputs({ NO_COLOR: '1' }, 'status', '-e', 'test')).toEqual(none)
  expect(await outputs({ FORCE_COLOR: '1' }, 'status', '-e', 'test')).toMatchObject({ stdout: true })
  const logs = ['logs', 'hello', '-e', 'test', '--no-follow']
  expect(await outputs({ FORCE_COLOR: '1' }, ...logs, '--output', 'pretty')).toEqual({
    ...all,
    stderr: false,
  })
  expect(await outputs({ FORCE_COLOR: '1' }, ...logs)).toEqual(none)
  expect(await outputs({ FORCE_COLOR: '1' }, 'status', '-e', 'test', '--json')).toEqual(none)
  expect(await outputs({ FORCE_COLOR: '1' }, 'rollback', 'hello', '-e', 'test')).toEqual({
    stdout: false,
    stderr: true,
  })
})

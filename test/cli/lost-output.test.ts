import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { open } from 'node:fs/promises'
import { expect, test } from 'vitest'
import { program } from './cli.ts'
import { useSandbox } from './sandbox.ts'
import { makeService } from './service.ts'

const sandbox = useSandbox()
/** A device that has no space. */
const full = '/dev/full'

test.skipIf(!existsSync(full)).each([
  ['a release', ['deploy', '-e', 'test', '--json']],
  ['a log', ['logs', 'hello', '-e', 'test', '--no-follow']],
])('%s whose output meets a full disk goes on to its end, says so, and is no success', async (_, args) => {
  const service = await makeService()
  const { cwd, env } = sandbox().place(service)
  if (args[0] === 'logs') await sandbox().deployFirst(service)
  await using device = await open(full, 'w')
  const child = spawn(process.execPath, [program, ...args], {
    cwd,
    env,
    stdio: ['ignore', device.fd, 'pipe'],
  })
  let stderr = ''
  child.stderr?.on('data', (data) => {
    stderr += data
  })
  const exitCode = await new Promise((resolve) => child.once('close', resolve))
  expect(exitCode).toBe(2)
  expect(stderr.match(/warning: output is lost: ENOSPC/g)).toHaveLength(1)
  expect(stderr).not.toMatch(/^\s+at /m)
  await sandbox().expectAlias(service.lambdaName, '1')
})

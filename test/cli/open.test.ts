import { chmod, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test, vi } from 'vitest'
import { openAddress } from '../../src/cli/run/open-address.ts'
import { runTo } from './cli.ts'
import { useSandbox } from './sandbox.ts'
import { makeService, temporaryFolder, writeFiles } from './service.ts'

const sandbox = useSandbox()

test('a sandbox has no console, which is said with what there is', async () => {
  const place = sandbox().place(await makeService())
  const { stdout, stderr } = await runTo(2, ['open', 'hello', 'logs', '-e', 'test'], place)
  expect(stdout).toBe('')
  expect(stderr).toContain(`There is no console of ${sandbox().url}`)
  expect(stderr).toContain('lambdactl logs hello --env test')
})

test("the browser's program gets the address as one argument, and no shell reads it", async () => {
  const folder = await temporaryFolder()
  const program = `#!/bin/sh\nprintf '%s|%s' "$#" "$1" > ${folder}/said.part && mv ${folder}/said.part ${folder}/said\n`
  await writeFiles(folder, { 'xdg-open': program })
  await chmod(join(folder, 'xdg-open'), 0o755)
  const address = "https://eu-west-1.console.aws.amazon.com/#x?~(query~'$(touch owned);&')"
  const environment = { PATH: `${folder}:/usr/bin:/bin` }
  expect(await openAddress(address, 'linux', environment)).toBe(true)
  const said = () => readFile(join(folder, 'said'), 'utf8')
  await vi.waitFor(said, { timeout: 20_000 })
  expect(await said()).toBe(`1|${address}`)
})

test('without such a program nothing is opened', async () => {
  expect(await openAddress('https://example.com', 'linux', { PATH: await temporaryFolder() })).toBe(false)
})

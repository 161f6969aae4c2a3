import { chmod, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test, vi } from 'vitest'
import { openAddress } from '../../src/cli/run/open-address.ts'
import { run, runTo } from './cli.ts'
import { useSandbox } from './sandbox.ts'
import { makeService, temporaryFolder, writeFiles } from './service.ts'

const sandbox = useSandbox()

test('a sandbox has no console, which is said with what there is', async () => {
  const place = sandbox().place(await makeService())
  const { stdout, stderr } = await runTo(2, ['open', 'hello', 'logs', '-e', 'test'], place)
  expect(stdout).toBe('')
  expect(stderr).toContain(`There is no console of ${sandbox().url}`)
  expect(stderr).toContain('lambdactl logs hello --env test')
  const alarms = await runTo(2, ['open', 'hello', 'alarms', '-e', 'test'], place)
  expect(alarms.stderr).toContain('lambdactl alarms list hello --env test')
})

test('--web prints the page that shows the same as the result, in the console of the partition', async () => {
  const service = await makeService()
  const { cwd, env } = sandbox().place(service)
  // Lambda is AWS's here, and is not asked; only the account is.
  const { AWS_ENDPOINT_URL: AWS_ENDPOINT_URL_STS, ...others } = env
  const place = { cwd, env: { ...others, AWS_ENDPOINT_URL_STS } }
  const { lambdaName } = service
  const console = 'https://eu-west-1.console.aws.amazon.com'
  for (const [args, page] of [
    [['alarms', 'list'], `${console}/cloudwatch/home?region=eu-west-1#alarmsV2:?~(search~'${lambdaName})`],
    [
      ['versions', 'list', 'hello'],
      `${console}/lambda/home?region=eu-west-1#/functions/${lambdaName}?tab=versions`,
    ],
    [['triggers', 'list', 'hello'], `?subtab=triggers&tab=configure`],
    [['concurrency', 'show', 'hello'], `?subtab=concurrency&tab=configure`],
    [['metrics', 'hello'], `?tab=monitoring`],
    [['history'], '$252Flambdactl$252Freleases'],
    [['history', '--region', 'cn-north-1'], '$252Flambdactl$252Freleases'],
  ] as const) {
    const { stdout } = await runTo(0, [...args, '-e', 'test', '--web'], place)
    expect(stdout.trimEnd().endsWith(page)).toBe(true)
    expect(stdout.split('\n')).toHaveLength(2)
    expect(
      stdout.startsWith(args[1] === '--region' ? 'https://cn-north-1.console.amazonaws.cn/' : console),
    ).toBe(true)
  }
})

test('--web says where there is no console, and is no JSON', async () => {
  const place = await sandbox().deployFirst(await makeService())
  for (const args of [['status'], ['canary', 'status', 'hello'], ['logs', 'hello']]) {
    const { stdout, stderr } = await runTo(2, [...args, '-e', 'test', '--web'], place)
    expect(stdout).toBe('')
    expect(stderr).toContain(`There is no console of ${sandbox().url}`)
  }
  const { stdout } = await run(['status', '-e', 'test', '--web', '--json'], place)
  expect(JSON.parse(stdout)).toMatchObject({ error: { code: 'USAGE' } })
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

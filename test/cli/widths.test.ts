import { stripVTControlCharacters } from 'node:util'
import { expect, test } from 'vitest'
import { runTo } from './cli.ts'
import { useSandbox } from './sandbox.ts'
import { answering, makeService } from './service.ts'
import { startOnTerminal } from './terminal.ts'

const sandbox = useSandbox()

/** A command, an address or a path has a line of its own, and is not broken however long it is. */
const copied = /^\s*(?:→ )?(?:(?:lambdactl|aws) .*|\S+)$/

test('on a terminal of 60 columns no command writes across its edge, in a pipe each line is whole', async () => {
  const service = await makeService()
  const place = await sandbox().deployFirst(service)
  await service.writeHandler(answering('two'))
  const alarm = await sandbox().alarm(`${service.lambdaName}-refused`, 'INSUFFICIENT_DATA')
  await service.writeRelease(`alarms: [${alarm}, a-gone-one]`)
  const { cwd, env } = place
  const narrow = { cwd, env: { ...env, TERMINAL_COLUMNS: '60' } }
  const all = [
    ['status', '-e', 'test'],
    ['history', '-e', 'test'],
    ['diff', '-e', 'test'],
    ['concurrency', 'show', 'hello', '-e', 'test'],
    ['canary', 'hello', '-e', 'test'],
    ['status', '-e', 'nowhere'],
    ['package'],
  ]
  for (const args of all) {
    const { stdout } = await startOnTerminal(args, narrow).ended
    const lines = stripVTControlCharacters(stdout).split('\r\n')
    expect(lines.filter((line) => line.length > 60 && !copied.test(line))).toEqual([])
    expect(lines.filter((line) => line !== line.trimEnd())).toEqual([])
  }
  const piped = await runTo(6, ['canary', 'hello', '-e', 'test'], place)
  expect(piped.stderr).toMatch(/^Error: .* since preflight failed: alarm a-gone-one: .* Region\.$/m)
})

test('times are those of the person, and UTC in a CI; each line of a log in a pipe has its date', async () => {
  const service = await makeService()
  const { cwd, env } = await sandbox().deployFirst(service)
  const at = async (variables: NodeJS.ProcessEnv, args: string[]) => {
    const { stdout, stderr } = await runTo(0, args, { cwd, env: { ...env, ...variables } })
    return `${stdout}${stderr}`
  }
  const time = String.raw`\d\d:\d\d:\d\d`
  const india = { TZ: 'Asia/Kolkata', CI: '' }
  const status = await at(india, ['status', '-e', 'test'])
  expect(status).toMatch(new RegExp(String.raw`put version 1 at 100%, \d{4}-\d\d-\d\d ${time}\+05:30\.`))
  expect(await at({ ...india, CI: 'true' }, ['history', '-e', 'test'])).toMatch(new RegExp(`${time}Z  `))
  const tail = ['logs', 'tail', 'hello', '-e', 'test', '--no-follow']
  const lines = (await at(india, tail)).split('\n').filter((line) => / v1 /.test(line))
  expect(lines.length).toBeGreaterThan(1)
  expect(lines.filter((line) => /^\d{4}-\d\d-\d\d [\d:.]+\+05:30 /.test(line))).toEqual(lines)
  const json = JSON.parse(
    await at({ ...india, AWS_REGION: '' }, ['history', '-e', 'test', '--json']),
  ) as object[]
  expect(JSON.stringify(json)).not.toContain('+05:30')
})

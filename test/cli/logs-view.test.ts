import { expect, test } from 'vitest'
import { runTo } from './cli.ts'
import { useSandbox } from './sandbox.ts'
import { makeService } from './service.ts'
import { ctrlC, startOnTerminal } from './terminal.ts'

const sandbox = useSandbox()
const logs = ['logs', 'hello', '-e', 'test']
const otherScreen = '\u001B[?1049h'
const ownScreen = '\u001B[?1049l'

async function deployed() {
  return sandbox().deployFirst(await makeService())
}

test.each([
  { key: 'q', typed: 'q', exitCode: 0 },
  { key: 'Ctrl-C', typed: ctrlC, exitCode: 130 },
])('on a terminal, lines come in a view; $key restores the screen and tells the summary', async (left) => {
  const place = await deployed()
  const view = startOnTerminal(logs, place)
  await view.says(/greeting nobody/)
  await view.says(/following .*1 request, 0 failed/)
  await runTo(0, ['invoke', 'hello', '-e', 'test', '--payload', '-'], place, '{"name": "Ann"}')
  await view.says(/greeting Ann/)
  view.type(left.typed)
  const { exitCode, stdout, stderr } = await view.ended
  const [before, after = ''] = stdout.split(ownScreen)
  expect(before).toContain(otherScreen)
  expect(after).toMatch(/\d+ shown, 0 late, 0 missing/)
  expect(after).not.toContain('greeting')
  expect(stderr).toContain('restored')
  expect(exitCode).toBe(left.exitCode)
})

test('SIGTERM restores the screen, too', async () => {
  const view = startOnTerminal(logs, await deployed())
  await view.says(/greeting nobody/)
  await view.signal('SIGTERM')
  const { exitCode, stdout, stderr } = await view.ended
  expect(stdout).toContain(ownScreen)
  expect(stderr).toContain('restored')
  expect(exitCode).toBe(130)
})

test('lines are printed by other flags, and in a CI though there is a terminal', async () => {
  const { cwd, env } = await deployed()
  const flags = ['--no-view', '--no-follow', '--json', '--output=plain', '--max-lines=1']
  const places = [...flags.map((flag) => ({ flag, more: {} })), { flag: '--since=1h', more: { CI: 'true' } }]
  for (const { flag, more } of places) {
    const lines = startOnTerminal([...logs, flag], { cwd, env: { ...env, ...more } })
    await lines.says(/greeting nobody/)
    lines.type(ctrlC)
    expect((await lines.ended).stdout).not.toContain(otherScreen)
  }
})

import { expect, test } from 'vitest'
import { runTo } from './cli.ts'
import { startProxy } from './proxy.ts'
import { useSandbox } from './sandbox.ts'
import { makeService } from './service.ts'
import { ctrlC, ctrlZ, startOnTerminal } from './terminal.ts'

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
  await view.says(/1 request, 0 failed/)
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

test('Ctrl-Z gives the terminal back to the shell, and fg shows the view again', async () => {
  const place = await deployed()
  const shell = ['bash', '--norc', '-mc', '"$@"; echo in the shell; read -r; fg', 'bash']
  const view = startOnTerminal(logs, place, shell)
  await view.says(/greeting nobody/)
  view.type(ctrlZ)
  await view.says(/in the shell/)
  view.type('\r')
  await view.says(/in the shell[^]*following/)
  view.type('q')
  const { stdout, stderr } = await view.ended
  const [, stopped = '', again = ''] = stdout.split(otherScreen)
  expect(stopped.split(ownScreen)[1]).toContain('in the shell')
  const [viewed, after] = again.split(ownScreen)
  expect(viewed).toContain('greeting nobody')
  expect(after).toContain('0 missing')
  expect(stderr).toContain('restored')
})

test('the status tells throttling; an error that ends the tail restores the screen before it is told', async () => {
  const { cwd, env } = await deployed()
  let error: string | undefined
  const proxy = await startProxy(sandbox().url, (_, { headers }) =>
    error && String(headers['x-amz-target']).endsWith('.FilterLogEvents') ? refusal(error) : 'passes',
  )
  const view = startOnTerminal(logs, { cwd, env: { ...env, AWS_ENDPOINT_URL: proxy.url } })
  await view.says(/greeting nobody/)
  error = 'ThrottlingException'
  await view.says(/throttled[^]*no answer, trying again/)
  error = 'InvalidParameterException'
  const { exitCode, stdout, stderr } = await view.ended
  const [, after = ''] = stdout.split(ownScreen)
  expect(after).toMatch(/\d+ shown, \d+ late, 0 missing, asked again[^]*Error:[^]*InvalidParameterException/)
  expect(stderr).toContain('restored')
  expect(exitCode).toBe(2)
})

function refusal(type: string) {
  const headers = { 'content-type': 'application/x-amz-json-1.1' }
  return { status: 400, headers, body: JSON.stringify({ __type: type, message: 'Refused.' }) }
}

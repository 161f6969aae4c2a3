import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { expect, onTestFinished, test } from 'vitest'
import { afterPlace, eventsOf, runTo, start } from './cli.ts'
import { useSandbox } from './sandbox.ts'
import { answering, makeService } from './service.ts'

const sandbox = useSandbox()
/** Ends a shell that still runs, with all that it started. */
function endGroup({ pid, exitCode }: ChildProcess): void {
  if (pid !== undefined && exitCode === null) process.kill(-pid, 'SIGKILL')
}

const tail = ['logs', 'tail', 'hello', '-e', 'test']

test('each line has its time, version and request id; --version filters; --json has one event a line', async () => {
  const service = await makeService()
  const place = await sandbox().deployFirst(service)
  await service.writeHandler(answering('two'))
  await runTo(0, ['deploy', '-e', 'test'], place)
  const both = await runTo(0, [...tail, '--no-follow'], place)
  const line = /^(?:\d{4}-\d\d-\d\d )?\d\d:\d\d:\d\d\.\d{3}(?:Z|[+-]\d\d:\d\d) v[12] (?:[0-9a-f]{8}|-) /
  const lines = both.stdout.trimEnd().split('\n')
  for (const one of lines) expect(one).toMatch(line)
  expect(lines.filter((one) => /INFO\s+greeting nobody/.test(one))).toHaveLength(2)
  const second = await runTo(0, [...tail, '--no-follow', '--version', '2'], place)
  expect(second.stdout).not.toContain(' v1 ')
  expect(second.stdout).toContain(' v2 ')
  const json = await runTo(0, [...tail, '--no-follow', '--json'], place)
  const events = eventsOf(json)
  const said = events.filter(({ event }) => event === 'line')
  expect(events.at(-1)).toMatchObject({ event: 'result', shown: 2, gaps: 0 })
  expect(said.find(({ requestId }) => requestId)).toMatchObject({ version: '1' })
})

test('of a log group that functions share, a tail has the lines of its function alone', async () => {
  const service = await makeService()
  const other = 'source: hello, runtime: nodejs24.x, handler: index.handler, bundle: false'
  await service.writeFunction(`other: {${other}, logs: {group: /shop/all}}`)
  await service.writeGroup('/shop/all')
  const place = await sandbox().deployFirst(service)
  const greet = (name: string, whom: string) =>
    runTo(0, ['invoke', name, '-e', 'test', '--payload', '-'], place, JSON.stringify({ name: whom }))
  await greet('hello', 'Ann')
  await greet('other', 'Bob')
  const tailed = async (name: string, ...more: string[]) =>
    (await runTo(0, ['logs', 'tail', name, '-e', 'test', '--no-follow', ...more], place)).stdout
  for (const more of [[], ['--json'], ['--version', '1']]) {
    const lines = await tailed('hello', ...more)
    expect(lines).toContain('greeting Ann')
    expect(lines).not.toContain('greeting Bob')
  }
  const others = await tailed('other')
  expect(others).toContain('greeting Bob')
  expect(others).not.toContain('greeting Ann')
})

test('a tail follows: what is logged later is shown, until SIGINT ends it with 130', async () => {
  const service = await makeService()
  const place = await sandbox().deployFirst(service)
  const following = start(tail, place)
  await following.says(/greeting nobody/)
  await runTo(0, ['invoke', 'hello', '-e', 'test', '--payload', '-'], place, '{"name": "late"}')
  await following.says(/greeting late/)
  following.child.kill('SIGINT')
  const { exitCode, stderr } = await following.ended
  expect(exitCode).toBe(130)
  expect(afterPlace(stderr)).toMatch(/^\d+ shown, 0 late, 0 missing\n$/)
})

test('a reader that leaves early ends the tail quietly, with the next line', async () => {
  const service = await makeService()
  const { cwd, env } = await sandbox().deployFirst(service)
  const runJs = join(import.meta.dirname, '../../bin/run.js')
  const script = '"$@" | head -1; echo "${PIPESTATUS[0]}"'
  const args = ['-c', script, 'bash', process.execPath, runJs, ...tail]
  const shell = spawn('bash', args, { cwd, env, stdio: ['ignore', 'pipe', 'pipe'], detached: true })
  onTestFinished(() => endGroup(shell))
  const output = Promise.all([text(shell.stdout), text(shell.stderr), once(shell, 'close')])
  await once(shell.stdout, 'readable')
  await runTo(0, ['invoke', 'hello', '-e', 'test'], { cwd, env })
  const [stdout, stderr] = await output
  expect(afterPlace(stderr)).toBe('')
  expect(stdout).toMatch(/^\d{4}-.* v1 .*\n0\n$/)
})

test('a function that is not there is said at once', async () => {
  const service = await makeService()
  const missing = await runTo(4, [...tail, '--no-follow'], sandbox().place(service))
  expect(missing.stderr).toContain(`There is no function ${service.lambdaName} to read logs of.`)
})

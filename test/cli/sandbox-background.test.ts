import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { mkdir, readdir, readFile, rename, stat, writeFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { startTimeOf } from '../../src/processes/start-time.ts'
import { isAlive } from '../sandbox/execution/processes.ts'
import { eventsOf, type Place, program, run, runTo } from './cli.ts'
import { makeService, temporaryFolder } from './service.ts'
import { variables } from './variables.ts'

interface Detached {
  url: string
  pid: number
  log: string
  handlersApart: boolean
}

/** A user's home, whose sandboxes end with the test. */
async function makeHome(): Promise<Place & { keys: string }> {
  const home = await temporaryFolder()
  return { cwd: home, env: variables(home), keys: join(home, '.local/state/lambdactl/sandboxes') }
}

async function startDetached(place: Place, port = '0'): Promise<Detached> {
  const args = ['sandbox', 'start', '--detach', '--port', port, '--state', 'state', '--json']
  const finished = await runTo(0, args, place)
  const [ready] = eventsOf(finished) as unknown as Detached[]
  if (!ready) throw new Error('no event')
  endWithTest(ready.pid)
  return ready
}

function endWithTest(pid: number): void {
  onTestFinished(() => {
    if (isAlive(pid)) process.kill(pid, 'SIGKILL')
  })
}

async function statusOf(place: Place): Promise<{ port: number; pid: number; [field: string]: unknown }[]> {
  const { stdout } = await runTo(0, ['sandbox', 'status', '--json'], place)
  return (JSON.parse(stdout) as { sandboxes: { port: number; pid: number }[] }).sandboxes
}

/** A process of somebody else's, and a file that takes it for a sandbox. */
async function stranger({ keys }: { keys: string }, record: (pid: number) => object): Promise<number> {
  const child = spawn('sleep', ['600'], { stdio: 'ignore' })
  onTestFinished(() => void child.kill('SIGKILL'))
  await once(child, 'spawn')
  await mkdir(keys, { recursive: true, mode: 0o700 })
  const { pid = 0 } = child
  await writeFile(join(keys, '4999.json'), JSON.stringify(record(pid)), { mode: 0o600 })
  return pid
}

test('--detach returns once it answers, leaves the terminal, and stop ends it with its handlers', async () => {
  const place = await makeHome()
  const { url, pid, log } = await startDetached(place)
  const ps = spawnSync('ps', ['-o', 'sid=,tty=', '-p', String(pid)], { encoding: 'utf8' })
  expect(ps.stdout.trim().split(/\s+/)).toEqual([String(pid), '?'])
  const service = await makeService()
  await service.writeHandler('export const handler = async () => process.pid\n')
  const shell = { cwd: service.folder, env: { ...place.env, AWS_ENDPOINT_URL: url } }
  await runTo(0, ['deploy', '-e', 'test'], shell)
  const { stdout } = await runTo(0, ['invoke', 'hello', '-e', 'test', '--json'], shell)
  const { payload: handler } = JSON.parse(stdout) as { payload: number }
  expect(isAlive(handler)).toBe(true)
  expect((await stat(log)).mode & 0o777).toBe(0o600)
  // Lines of requests are written together, a moment later.
  await expect
    .poll(() => readFile(log, 'utf8'))
    .toMatch(new RegExp(`Invoke ${service.lambdaName}:live 200 \\d+ ms, version 1\n`))
  expect(await statusOf(place)).toEqual([
    {
      url,
      port: Number(new URL(url).port),
      pid,
      since: expect.any(Number) as number,
      state: join(place.cwd, 'state'),
      log,
      answers: true,
      functions: [{ region: 'eu-west-1', name: service.lambdaName, versions: 1 }],
      environments: 1,
      memoryBytes: expect.any(Number) as number,
      speed: 1,
      time: expect.any(Number) as number,
      faults: [],
    },
  ])
  expect((await runTo(0, ['sandbox', 'status'], place)).stdout).toContain(service.lambdaName)
  expect((await runTo(0, ['sandbox', 'stop'], place)).stdout).toContain(`stopped the sandbox at ${url}`)
  expect([isAlive(pid), isAlive(handler)]).toEqual([false, false])
  expect(await statusOf(place)).toEqual([])
  const again = await runTo(0, ['sandbox', 'stop', '--json'], place)
  expect(JSON.parse(again.stdout)).toMatchObject({ stopped: [] })
})

test('what it prints says how to stop it and where its log is', async () => {
  const place = await makeHome()
  const { stdout } = await runTo(0, ['sandbox', 'start', '--detach', '--port', '0'], place)
  const [, url, pid = '0', command = '', log = ''] =
    /^The sandbox is at (\S+), .*\n +process: +(\d+)\n[^]*stop it: +lambdactl (.*)\n[^]*log: +(.*)\n/.exec(
      stdout,
    ) ?? []
  endWithTest(Number(pid))
  expect(await readFile(log, 'utf8')).toContain(`The sandbox is at ${url}`)
  const [, key = 'none'] = /AWS_ACCESS_KEY_ID=(\S+)/.exec(stdout) ?? []
  expect(await readFile(log, 'utf8')).not.toContain(key)
  await runTo(0, command.split(' '), place)
  expect(isAlive(Number(pid))).toBe(false)
})

test('one that was killed is not shown, and the next one takes its place', async () => {
  const place = await makeHome()
  const killed = await startDetached(place)
  process.kill(killed.pid, 'SIGKILL')
  await expect.poll(() => isAlive(killed.pid)).toBe(false)
  expect(await statusOf(place)).toEqual([])
  expect((await runTo(0, ['sandbox', 'stop'], place)).stdout).toContain('nothing to stop')
  const { port } = new URL(killed.url)
  const next = await startDetached(place, port)
  expect(next.url).toBe(killed.url)
  expect((await readdir(place.keys)).toSorted()).toEqual(
    ['credentials', 'json', 'log'].map((ending) => `${port}.${ending}`),
  )
})

test('a stranger that has got the number of a killed sandbox is left alone', async () => {
  const place = await makeHome()
  const pid = await stranger(place, (number) => ({ accessKey: 'test', pid: number, started: '1' }))
  expect(await statusOf(place)).toEqual([])
  expect((await runTo(0, ['sandbox', 'stop'], place)).stdout).toContain('nothing to stop')
  expect(isAlive(pid)).toBe(true)
})

test('a process that no file tells from a stranger is left alone, also where the port answers with its number', async () => {
  const place = await makeHome()
  const pid = await stranger(place, (number) => ({ accessKey: 'test', pid: number }))
  const server = createServer((_, response) => response.end(JSON.stringify({ pid, functions: [] })))
  onTestFinished(() => void server.close())
  await once(server.listen(0, '127.0.0.1'), 'listening')
  const { port } = server.address() as AddressInfo
  await rename(join(place.keys, '4999.json'), join(place.keys, `${port}.json`))
  const { stderr } = await runTo(5, ['sandbox', 'stop'], place)
  expect(stderr).toContain(`Process ${pid} may be the sandbox at port ${port}`)
  expect(stderr).toContain(`end it with \`kill ${pid}\``)
  expect(isAlive(pid)).toBe(true)
})

test('the key of a sandbox that has just taken the port stays where the one before is stopped', async () => {
  const place = await makeHome()
  const file = join(place.keys, '4999.json')
  const next = JSON.stringify({ accessKey: 'next', pid: process.pid })
  const script = `process.on('SIGTERM', () => { fs.writeFileSync(process.argv[1], process.argv[2]); process.exit() })
    setInterval(() => {}, 1000); console.log('ready')`
  const child = spawn(process.execPath, ['-e', script, file, next], { stdio: ['ignore', 'pipe', 'ignore'] })
  onTestFinished(() => void child.kill('SIGKILL'))
  await once(child.stdout, 'data')
  const { pid = 0 } = child
  await mkdir(place.keys, { recursive: true, mode: 0o700 })
  const record = { accessKey: 'test', pid, started: startTimeOf(pid) }
  await writeFile(file, JSON.stringify(record), { mode: 0o600 })
  await runTo(0, ['sandbox', 'stop'], place)
  expect(await readFile(file, 'utf8')).toBe(next)
})

test('one whose starter is interrupted ends, and leaves no key', async () => {
  const place = await makeHome()
  const starting = spawn(process.execPath, [program, 'sandbox', 'start', '--port', '0'], {
    cwd: place.cwd,
    env: { ...place.env, _LAMBDACTL_DETACHED: '1' },
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
  })
  endWithTest(starting.pid ?? 0)
  starting.disconnect()
  await once(starting, 'exit', { signal: AbortSignal.timeout(30_000) })
  expect(await readdir(place.keys)).toEqual([])
})

test("a stranger's port is refused, and stop leaves the stranger alone", async () => {
  const place = await makeHome()
  const server = createServer((_, response) => response.end('{}')).listen(0, '127.0.0.1')
  onTestFinished(() => void server.close())
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  const { stderr } = await runTo(2, ['sandbox', 'start', '--detach', '--port', String(port)], place)
  expect(stderr).toContain(`Port ${port} of 127.0.0.1 is in use by another program.`)
  expect(await readdir(place.keys)).toEqual([])
  await runTo(0, ['sandbox', 'stop', '--port', String(port)], place)
  expect(await (await fetch(`http://127.0.0.1:${port}`)).text()).toBe('{}')
})

test('two started at once at one port: one runs, and the other is told of it', async () => {
  const place = await makeHome()
  const { port } = new URL((await startDetached(place)).url)
  await runTo(0, ['sandbox', 'stop'], place)
  const args = ['sandbox', 'start', '--detach', '--port', port]
  const both = await Promise.all([run(args, place), run(args, place)])
  const [running] = await statusOf(place)
  endWithTest(running?.pid ?? 0)
  expect(new Set(both.map(({ exitCode }) => exitCode))).toEqual(new Set([0, 2]))
  const refused = both.find(({ exitCode }) => exitCode === 2)
  expect(refused?.stderr).toContain(`A sandbox of yours already runs at http://127.0.0.1:${port}`)
  expect(refused?.stderr).toContain(`lambdactl sandbox stop --port ${port}`)
})

test('where several run, stop asks which', async () => {
  const place = await makeHome()
  const other = { ...place, cwd: await temporaryFolder() }
  const ports = [await startDetached(place), await startDetached(other)].map(({ url }) => new URL(url).port)
  const { stderr } = await runTo(2, ['sandbox', 'stop'], place)
  for (const port of ports) expect(stderr).toContain(`lambdactl sandbox stop --port ${port}\n`)
  const clearing = await runTo(2, ['sandbox', 'fault', 'clear', '1'], place)
  for (const port of ports)
    expect(clearing.stderr).toContain(`lambdactl sandbox fault clear 1 --port ${port}\n`)
  const [one = ''] = ports
  const set = await runTo(0, ['sandbox', 'fault', 'kill', '--port', one], place)
  expect(set.stderr).toContain(`lambdactl sandbox fault clear 1 --port ${one}\n`)
  for (const port of ports) await runTo(0, ['sandbox', 'stop', '--port', port], place)
  expect(await statusOf(place)).toEqual([])
})

test('without a private folder it is refused, with what to set', async () => {
  const place = await makeHome()
  await mkdir(place.keys, { recursive: true, mode: 0o755 })
  const { stderr } = await runTo(2, ['sandbox', 'start', '--detach', '--port', '0'], place)
  expect(stderr).toContain(place.keys)
  expect(stderr).toContain('XDG_STATE_HOME')
})

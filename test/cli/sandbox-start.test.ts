import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda'
import { expect, onTestFinished, test } from 'vitest'
import { isAlive } from '../sandbox/execution/processes.ts'
import { type Running, runTo, start } from './cli.ts'
import { clientSettings } from './sandbox.ts'
import { makeService, type Service, temporaryFolder } from './service.ts'
import { variables } from './variables.ts'

const telling = `export const handler = async () => process.pid\n`

/** Starts the sandbox as a user does, and reads where it is from its first line. */
async function startSandbox(...args: string[]): Promise<{ running: Running; url: string }> {
  const cwd = await temporaryFolder()
  const place = { cwd, env: variables(cwd) }
  const running = start(['sandbox', 'start', '--port', '0', '--access-key', 'test', '--json', ...args], place)
  const [line] = await running.says(/^.*\n/)
  const { event, url } = JSON.parse(line) as { event: string; url: string }
  expect(event).toBe('ready')
  return { running, url }
}

/** Deploys a service whose handler tells its process id, and invokes it. */
async function runHandler(service: Service, url: string): Promise<number> {
  const place = { cwd: service.folder, env: variables(service.folder, { AWS_ENDPOINT_URL: url }) }
  await service.writeHandler(telling)
  await runTo(0, ['deploy', '-e', 'test'], place)
  return invokeHandler(service, url)
}

async function invokeHandler({ lambdaName }: Service, url: string): Promise<number> {
  const client = new LambdaClient(clientSettings(url))
  onTestFinished(() => client.destroy())
  const { Payload } = await client.send(new InvokeCommand({ FunctionName: lambdaName, Qualifier: 'live' }))
  return Number(Payload?.transformToString())
}

test.each(['SIGINT', 'SIGTERM'] as const)(
  '%s stops the sandbox: exit 0, and no handler process is left',
  async (signal) => {
    const { running, url } = await startSandbox()
    const pid = await runHandler(await makeService(), url)
    expect(isAlive(pid)).toBe(true)
    running.child.kill(signal)
    const { exitCode, stdout, stderr } = await running.ended
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' })
    expect(stdout.trim().split('\n').at(-1)).toContain('"operation":"Invoke"')
    expect(isAlive(pid)).toBe(false)
  },
)

test('a sandbox that is killed leaves no handler process behind', async () => {
  const { running, url } = await startSandbox()
  const pid = await runHandler(await makeService(), url)
  running.child.kill('SIGKILL')
  await running.ended
  await expect.poll(() => isAlive(pid), { timeout: 10_000 }).toBe(false)
})

test('a sandbox that is killed before its first invocation leaves no folder behind', async () => {
  const cwd = await temporaryFolder()
  const env = { ...variables(cwd), TMPDIR: cwd }
  const running = start(['sandbox', 'start', '--port', '0', '--json'], { cwd, env })
  await running.says(/^.*\n/)
  const folders = async () => (await readdir(cwd)).filter((name) => name.startsWith('lambdactl-sandbox-'))
  expect(await folders()).toHaveLength(1)
  running.child.kill('SIGKILL')
  await running.ended
  await expect.poll(folders, { timeout: 10_000 }).toEqual([])
})

test('with --state the next sandbox has the same functions, and meanwhile no other takes the folder', async () => {
  const state = join(await temporaryFolder(), 'state')
  const first = await startSandbox('--state', state)
  const service = await makeService()
  await runHandler(service, first.url)
  const place = { cwd: service.folder, env: variables(service.folder) }
  const second = await runTo(5, ['sandbox', 'start', '--port', '0', '--state', state], place)
  expect(second.stderr).toContain(state)
  first.running.child.kill('SIGINT')
  const ended = await first.running.ended
  expect(ended.exitCode).toBe(0)
  // Node's, about SQLite.
  expect(ended.stderr).not.toContain('Warning')
  const after = await startSandbox('--state', state)
  expect(isAlive(await invokeHandler(service, after.url))).toBe(true)
})

test('a port that is taken is refused with exit 2, and one that cannot be with exit 2 too', async () => {
  const { url } = await startSandbox()
  const { port } = new URL(url)
  const cwd = await temporaryFolder()
  const place = { cwd, env: variables(cwd) }
  const taken = await runTo(2, ['sandbox', 'start', '--port', port], place)
  expect(taken.stderr).toContain(`Port ${port} of 127.0.0.1 is in use by another program.`)
  expect(taken.stderr).toContain('--port 0')
  await runTo(2, ['sandbox', 'start', '--port', '65536'], place)
})

test('it says what to export, and what it says works', async () => {
  const cwd = await temporaryFolder()
  const running = start(['sandbox', 'start', '--port', '0'], { cwd, env: variables(cwd) })
  const [, block = ''] = await running.says(/In a shell[^\n]*\n([^]*?)\n\n/)
  const exported = [...block.matchAll(/(\w+)=(\S+)/g)].map(([, name = '', value = '']) => [name, value])
  const service = await makeService()
  const env = variables(service.folder, Object.fromEntries(exported) as NodeJS.ProcessEnv)
  await runTo(0, ['deploy', '-e', 'test'], { cwd: service.folder, env })
  running.child.kill('SIGINT')
  const { exitCode, stderr } = await running.ended
  expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: 'Stopping the sandbox.\n' })
})

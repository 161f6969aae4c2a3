import { chmod, chown, readdir, stat, symlink } from 'node:fs/promises'
import type { AddressInfo } from 'node:net'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { type Place, run, runTo } from './cli.ts'
import { makeService, type Service, temporaryFolder, writeFiles } from './service.ts'
import { variables } from './variables.ts'

/** A port of this machine, and how many connections it was asked for; each is ended at once. */
async function listener(): Promise<{ port: number; count: () => number }> {
  let count = 0
  const server = createServer((socket) => {
    count += 1
    socket.destroy()
  })
  server.listen(0, '127.0.0.1')
  await new Promise((listening) => server.once('listening', listening))
  onTestFinished(() => void server.close())
  return { port: (server.address() as AddressInfo).port, count: () => count }
}

/** A service whose file names an endpoint. */
async function sending(endpoint: string): Promise<{ service: Service; place: Place }> {
  const service = await makeService()
  await service.writeEnvironment(`endpoint: "${endpoint}"`)
  return { service, place: { cwd: service.folder, env: variables(service.folder) } }
}

test.each([
  'http://0.0.0.0',
  'http://2130706433',
  'http://127.1',
  'http://[::ffff:127.0.0.1]',
  'http://localhost.',
])("%s in a file is sent nothing, since it is another machine's for all that can be told", async (host) => {
  const { port, count } = await listener()
  const { place } = await sending(`${host}:${port}`)
  for (const args of ['status', 'rollback hello', 'deploy', 'logs tail hello --no-follow']) {
    const { stderr } = await runTo(2, [...args.split(' '), '-e', 'test'], place)
    expect(stderr).toContain('expected https or an address of this machine')
  }
  expect(count()).toBe(0)
})

test('an endpoint elsewhere is sent nothing before the file is trusted as it is, or a flag or variable names it', async () => {
  const { port, count } = await listener()
  const endpoint = `https://0.0.0.0:${port}`
  const { service, place } = await sending(endpoint)
  const status = ['status', '-e', 'test']
  const untrusted = await runTo(2, status, place)
  expect(untrusted.stderr).toMatch(
    /have not trusted the present content of the file\.\n.*lambdactl trust\.\n.*--endpoint-url/,
  )
  await run([...status, '--json'], place)
  expect(count()).toBe(0)

  const trusted = await runTo(0, ['trust'], place)
  expect(trusted).toMatchObject({
    stdout: `${join(service.folder, 'lambdactl.yaml')} is trusted with its present content\n`,
    stderr: `test: ${endpoint}\n`,
  })
  // It is no AWS, but it is asked.
  expect((await run(status, place)).stderr).toContain(`test · eu-west-1 · ${endpoint}\n`)
  expect(count()).toBeGreaterThan(0)

  await service.writeEnvironment(`endpoint: "${endpoint}", account: "123456789012"`)
  const before = count()
  expect((await runTo(2, status, place)).stderr).toContain('have not trusted')
  expect(count()).toBe(before)
  await run([...status, '--endpoint-url', endpoint], place)
  expect(count()).toBeGreaterThan(before)
  const named = { ...place, env: { ...place.env, LAMBDACTL_ENDPOINT_URL: endpoint } }
  expect((await run(status, named)).stderr).toContain('test · eu-west-1')
})

test('what is trusted is kept for the user alone, is listed, and is taken back', async () => {
  const { service, place } = await sending('https://lambda.example')
  const file = join(service.folder, 'lambdactl.yaml')
  await runTo(0, ['trust', '--config', file], place)
  const folder = join(service.folder, '.local/share/lambdactl/trusted')
  const [name = ''] = await readdir(folder)
  expect((await stat(folder)).mode & 0o777).toBe(0o700)
  expect((await stat(join(folder, name))).mode & 0o777).toBe(0o600)
  expect((await runTo(0, ['trust', '--list'], place)).stdout).toBe(`${file}\n`)
  // A folder that others may write can hold their files.
  await chmod(folder, 0o777)
  const open = await runTo(2, ['status', '-e', 'test'], place)
  expect(open.stderr).toContain('have not trusted')
  expect((await runTo(2, ['trust'], place)).stderr).toContain("The trusted files can't be saved")
  await chmod(folder, 0o700)
  expect((await runTo(0, ['trust', '--revoke'], place)).stdout).toBe(`${file} is no longer trusted\n`)
  expect((await runTo(0, ['trust', '--list'], place)).stdout).toBe('')
})

test('credentials are given to no field, wherever the file sends its calls', async () => {
  const { port, count } = await listener()
  const { service, place } = await sending(`http://127.0.0.1:${port}`)
  const secrets = { AWS_SECRET_ACCESS_KEY: 'hush-hush', AWS_SESSION_TOKEN: 'hush-hush' }
  for (const field of ['name: "a${env:AWS_SECRET_ACCESS_KEY}"', 'name: "a-${env:${env}_TOKEN}"']) {
    await service.writeFunction(
      `other: {source: hello, runtime: nodejs24.x, handler: index.handler, ${field}}`,
    )
    const hostile = { ...place, env: { ...place.env, ...secrets, test_TOKEN: 'hush-hush' } }
    for (const args of ['status', 'history', 'rollback hello', 'invoke hello']) {
      const { stdout, stderr } = await runTo(2, [...args.split(' '), '-e', 'test'], hostile)
      expect(`${stdout}${stderr}`).not.toContain('hush')
    }
  }
  expect(count()).toBe(0)
})

test("what is private to the user is packed for nobody: not their home's dot folders, and no file there as an event", async () => {
  const service = await makeService()
  const home = await temporaryFolder()
  await writeFiles(home, { '.aws/index.mjs': '', '.docker/config.json': '{"auths": {}}' })
  await symlink(join(home, '.aws'), join(service.folder, 'data'))
  const place = { cwd: service.folder, env: variables(home) }
  for (const fields of [
    `source: ${home}/.aws`,
    'source: data',
    `source: hello, release: {smoke: {event: ${home}/.docker/config.json}}`,
  ]) {
    await service.writeFunction(`other: {${fields}, runtime: nodejs24.x, handler: index.handler}`)
    for (const verb of ['package other', 'diff other', 'deploy other --dry-run']) {
      const { stderr } = await runTo(2, [...verb.split(' '), '-e', 'test'], place)
      expect(stderr).toContain('which is private to you or to this machine')
    }
  }
})

test.runIf(process.getuid?.() === 0)('a file of another user is taken only by its name', async () => {
  const { service } = await sending('http://127.0.0.1:9')
  const file = join(service.folder, 'lambdactl.yaml')
  await chown(file, 12_345, 12_345)
  const place = { cwd: join(service.folder, 'hello'), env: variables(service.folder) }
  const found = await runTo(2, ['package', 'hello'], place)
  expect(found.stderr).toContain(`${file} belongs to another user of this machine`)
  await runTo(0, ['package', 'hello', '--config', file], place)
  // A checkout that is another user's as a whole, as in a container, is one that they were given.
  await chown(join(service.folder, 'hello'), 12_345, 12_345)
  await runTo(0, ['package', 'hello'], place)
})

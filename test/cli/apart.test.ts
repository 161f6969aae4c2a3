import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { findWall } from '../../src/processes/wall.ts'
import { isAlive } from '../sandbox/execution/processes.ts'
import { runTo, start } from './cli.ts'
import { makeService, type Service, temporaryFolder } from './service.ts'
import { variables } from './variables.ts'

const hasWall = (await findWall()) !== undefined
const token = 'of-the-owner-alone'

/** A handler that looks for secrets of the owner: the token in the variables of a process, the credentials in files. */
const looking = `import { readdirSync, readFileSync } from 'node:fs'
const found = () => {
  const paths = readdirSync('/proc').filter(Number).map((pid) => '/proc/' + pid + '/environ')
  return [...paths, process.env.HOME_OF_OWNER + '/.aws/credentials'].filter((path) => {
    try { return readFileSync(path, 'latin1').includes('${token}') } catch { return false }
  })
}
export const handler = async () => found()
`

/** A user with credentials in variables and in a file, and with a sandbox. */
async function owner(service: Service, handler: string) {
  const home = await temporaryFolder()
  await mkdir(join(home, '.aws'))
  await writeFile(join(home, '.aws', 'credentials'), `[default]\naws_access_key_id = ${token}\n`)
  await service.writeHandler(handler.replaceAll('process.env.HOME_OF_OWNER', JSON.stringify(home)))
  const place = {
    cwd: service.folder,
    env: { ...variables(home), AWS_SESSION_TOKEN: token, NPM_TOKEN: token },
  }
  const sandbox = start(['sandbox', 'start', '--port', '0', '--json'], place)
  const [line] = await sandbox.says(/^.*\n/)
  const ready = JSON.parse(line) as { url: string; handlersApart: boolean }
  return { place: { ...place, env: { ...place.env, AWS_ENDPOINT_URL: ready.url } }, sandbox, ready }
}

test.runIf(hasWall)('a handler finds none of the credentials of its owner', async () => {
  const service = await makeService()
  const { place, ready } = await owner(service, looking)
  expect(ready.handlersApart).toBe(true)
  await runTo(0, ['deploy', '-e', 'test'], place)
  const { stdout } = await runTo(0, ['invoke', 'hello', '-e', 'test'], place)
  expect(JSON.parse(stdout)).toEqual([])
})

test.runIf(hasWall)('neither does one that is loaded before it is uploaded', async () => {
  const service = await makeService()
  const complaining = `${looking}const places = found()\nif (places.length > 0) throw new Error('found in ' + places.join())\n`
  const { place } = await owner(service, complaining)
  expect((await runTo(0, ['package', '-e', 'test'], place)).stdout).toContain('hello')
})

test.runIf(process.platform === 'linux')(
  'what has left the group of a handler ends with a killed sandbox',
  async () => {
    const service = await makeService()
    const { place, sandbox } = await owner(
      service,
      `import { spawn } from 'node:child_process'
const options = { stdio: 'ignore', detached: true }
export const handler = async () =>
  [options, { ...options, env: ${hasWall ? '{}' : 'process.env'} }].map((each) => spawn('/bin/sleep', ['1000'], each).pid)
`,
    )
    await runTo(0, ['deploy', '-e', 'test'], place)
    const { stdout } = await runTo(0, ['invoke', 'hello', '-e', 'test'], place)
    const pids = JSON.parse(stdout) as number[]
    expect(pids.filter(isAlive)).toEqual(pids)
    sandbox.child.kill('SIGKILL')
    await sandbox.ended
    await expect.poll(() => pids.filter(isAlive), { timeout: 10_000 }).toEqual([])
  },
)

test.runIf(process.platform === 'linux')(
  'what a loaded handler and a build leave behind ends with them',
  async () => {
    const service = await makeService()
    const folder = await temporaryFolder()
    const leave = (name: string) =>
      `const child = require('node:child_process').spawn('sleep', ['1000'], { stdio: 'ignore', detached: true })
child.unref()
require('node:fs').writeFileSync(${JSON.stringify(join(folder, name))}, String(child.pid))`
    await service.write({
      'build.cjs': leave('build'),
      'other/index.js': `${leave('loaded')}\nexports.handler = async () => 1\n`,
    })
    await service.writeFunction(
      'other: {source: other, runtime: nodejs24.x, handler: index.handler, build: {run: [node, ../build.cjs], in: other}}',
    )
    await runTo(0, ['package', 'other', '-e', 'test'], {
      cwd: service.folder,
      env: variables(service.folder),
    })
    for (const name of ['build', 'loaded']) {
      const pid = Number(await readFile(join(folder, name), 'utf8'))
      expect(pid).toBeGreaterThan(1)
      await expect.poll(() => isAlive(pid)).toBe(false)
    }
  },
)

import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { cp, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { temporaryFolder } from './service.ts'

const root = join(import.meta.dirname, '../..')
const runJs = join(root, 'bin/run.js')
const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string }

/** Runs bin/run.js in a Node that says it is another one. */
function runAs(nodeVersion: string, ...args: string[]) {
  const pretend = `Object.defineProperty(process.versions, 'node', { value: '${nodeVersion}' })`
  const preload = `data:text/javascript,${encodeURIComponent(pretend)}`
  return spawnSync(process.execPath, ['--import', preload, runJs, ...args], { encoding: 'utf8' })
}

test.each(['12.22.12', '20.20.2', '22.12.0'])('Node %s is told what to install, and nothing runs', (old) => {
  const { status, stdout, stderr } = runAs(old, '--version')
  expect(status).toBe(2)
  expect(stdout).toBe('')
  expect(stderr).toBe(
    `lambdactl needs Node 22.13 or newer, and this is Node ${old}: ` +
      `install Node 24 LTS from https://nodejs.org, or run \`npx --package=node@24 -- node ${runJs}\`.\n`,
  )
})

test.each(['22.13.0', '24.0.0', '26.1.0'])('Node %s runs it', (good) => {
  const { status, stdout, stderr } = runAs(good, '--version')
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' })
  expect(stdout).toContain(`lambdactl/${version}`)
})

test('a checkout that is not built says how to build it', async () => {
  const folder = await temporaryFolder()
  await cp(join(root, 'bin'), join(folder, 'bin'), { recursive: true })
  await writeFile(join(folder, 'package.json'), '{"type": "module"}')
  const { status, stderr } = spawnSync(process.execPath, [join(folder, 'bin/run.js')], { encoding: 'utf8' })
  expect({ status, stderr }).toEqual({
    status: 2,
    stderr: 'lambdactl is not built yet: run `npm install`, then `npm run build`, in its folder.\n',
  })
})

test('NODE_ENV of the shell does not send it looking for TypeScript sources', () => {
  const env = { ...process.env, NODE_ENV: 'development' }
  const { status, stderr } = spawnSync(process.execPath, [runJs, '--version'], { env, encoding: 'utf8' })
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' })
})

test('nothing in it is newer than what an old Node parses', () => {
  expect(readFileSync(runJs, 'utf8')).not.toMatch(
    /^import |^await |^export |\w\?\.\w|[^?]\?\?[^?`]|require\(/m,
  )
})

test.runIf(process.platform !== 'win32')('a reader that has left both streams is no error', () => {
  const late = `process.once('beforeExit', () => { process.stdout.write('late'); process.stderr.write('late') })`
  const preload = `data:text/javascript,${encodeURIComponent(late)}`
  const line = '"$@" 2>&1 | true; echo "${PIPESTATUS[0]}"'
  const args = ['-c', line, 'bash', process.execPath, '--import', preload, runJs, 'schema']
  const { stdout, stderr } = spawnSync('bash', args, { encoding: 'utf8' })
  expect({ stdout, stderr }).toEqual({ stdout: '0\n', stderr: '' })
})

test('a command that imports a module when it needs it writes no warning of Node', async () => {
  const cwd = await temporaryFolder()
  const runIn = (...args: string[]) =>
    spawnSync(process.execPath, [runJs, ...args], { cwd, encoding: 'utf8' })
  expect(runIn('init', 'shop').status).toBe(0)
  const { status, stderr } = runIn('package', '--config', 'shop/lambdactl.yaml')
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' })
})

import { execFile, spawn } from 'node:child_process'
import { mkdir, readdir, readFile, symlink } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { expect, test } from 'vitest'
import { watched } from './cli.ts'
import { makeService, temporaryFolder } from './service.ts'
import { variables } from './variables.ts'

const root = join(import.meta.dirname, '../..')
const execute = promisify(execFile)

/** Installs the published package as npm would, with only the dependencies that package.json names. */
async function install(): Promise<string> {
  const place = await temporaryFolder()
  await execute('npm', ['pack', '--ignore-scripts', '--silent', '--pack-destination', place], { cwd: root })
  const [archive = ''] = await readdir(place)
  await execute('tar', ['-xzf', archive], { cwd: place })
  const installed = join(place, 'package')
  const { dependencies } = JSON.parse(await readFile(join(installed, 'package.json'), 'utf8')) as {
    dependencies: Record<string, string>
  }
  await mkdir(join(installed, 'node_modules'))
  for (const name of Object.keys(dependencies)) {
    await symlink(join(root, 'node_modules', name), join(installed, 'node_modules', name))
  }
  return installed
}

test('what npm publishes packages, deploys and invokes without the packages of its development', async () => {
  const program = join(await install(), 'bin/run.js')
  const service = await makeService()
  const home = variables(service.folder)
  const sandbox = watched(
    spawn(process.execPath, [program, 'sandbox', 'start', '--port', '0'], { cwd: service.folder, env: home }),
  )
  const [url] = await sandbox.says(/http:\/\/127\.0\.0\.1:\d+/)
  const place = { cwd: service.folder, env: { ...home, AWS_ENDPOINT_URL: url } }
  const lambdactl = (...args: string[]) => execute(process.execPath, [program, ...args], place)
  // So many files are deflated by workers.
  const assets = Array.from({ length: 1001 }, (_, index) => [`hello/assets/${index}.txt`, `${index}`])
  await service.write(Object.fromEntries(assets) as Record<string, string>)
  await service.writeFunction(`bundled: {source: bundled, runtime: nodejs24.x, handler: index.handler}`)
  await service.write({ 'bundled/index.ts': 'export const handler = async (): Promise<string> => "typed"\n' })
  await lambdactl('deploy', '-e', 'test')
  expect((await lambdactl('invoke', 'hello', '-e', 'test')).stdout).toContain('one')
  expect((await lambdactl('invoke', 'bundled', '-e', 'test')).stdout).toContain('typed')
})

test('what npm publishes has the licences of the packages in it, and of no others', async () => {
  const notices = await readFile(join(await install(), 'dist/THIRD-PARTY-NOTICES.txt'), 'utf8')
  for (const [name, license] of [
    ['archiver', 'MIT'],
    ['@oclif/core', 'MIT'],
    ['@aws-sdk/client-lambda', 'Apache-2.0'],
    ['react-reconciler', 'MIT'],
  ]) {
    expect(notices).toMatch(new RegExp(`^${name} \\d+\\.\\d+\\.\\d+, ${license}\\n\\n[^]`, 'm'))
  }
  expect(notices).toContain('Permission is hereby granted, free of charge')
  expect(notices).not.toMatch(/^(esbuild|vitest|typescript|@biomejs\/biome) \d/m)
})

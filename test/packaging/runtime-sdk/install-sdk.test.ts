import { existsSync } from 'node:fs'
import { chmod, readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, describe, expect, test, vi } from 'vitest'
import { installSdk, sdkPackages } from '../../../src/packaging/runtime-sdk/install-sdk.ts'
import { nodeSdk, pythonSdk, runtimeSdks } from '../../../src/packaging/runtime-sdk/runtime-sdks.ts'
import { folder } from '../folder.ts'
import { tools } from '../tools.ts'
import { writeWheel } from '../wheel.ts'
import { serveRegistry } from './registry.ts'

afterEach(() => vi.unstubAllEnvs())

const client = '@aws-sdk/client-own'

function nodeLock(integrity: string) {
  const asked = { name: 'runtime-sdk', dependencies: { [client]: '1.0.0' } }
  const packages = { '': asked, [`node_modules/${client}`]: { version: '1.0.0', integrity } }
  return { name: 'runtime-sdk', lockfileVersion: 3, requires: true, packages }
}

// npm and pip take their time.
describe('the SDK of a runtime is installed', { timeout: 300_000 }, () => {
  test('for Node.js by npm from the registry of the user, once, whole, without scripts', async () => {
    const scripts = { install: 'touch installed', postinstall: 'touch installed' }
    await using made = await folder({
      'own/package.json': JSON.stringify({ name: client, version: '1.0.0', scripts }),
      'own/index.js': 'exports.name = "own"',
      'cache/sdk/nodejs-of-before/package.json': '{}',
      'cache/sdk/python-other/requirements.txt': '',
    })
    const cache = join(made.path, 'cache')
    await using registry = await serveRegistry(client, join(made.path, 'own'))
    vi.stubEnv('npm_config_registry', registry.url)
    vi.stubEnv('npm_config_cache', join(made.path, 'npm'))
    vi.stubEnv('npm_config_fetch_retries', '0')
    const others = tools(cache)
    const changed = nodeSdk(nodeLock(`sha512-${Buffer.alloc(64).toString('base64')}`), 'a changed SDK')
    await expect(installSdk(changed, others)).rejects.toMatchObject({
      code: 'PACKAGE_INVALID',
      message: expect.stringMatching(/^npm for a changed SDK exited with 1\.[^]*EINTEGRITY/) as string,
    })
    expect(await readdir(join(cache, 'sdk'))).toEqual(['nodejs-of-before', 'python-other'])

    const sdk = nodeSdk(nodeLock(registry.integrity), 'an SDK')
    const own = tools(cache)
    const installed = await installSdk(sdk, own)
    expect(installed).toEqual({ folder: await sdkPackages(sdk, own.variables), isNew: true })
    expect(await readdir(join(installed.folder, client))).toEqual(['index.js', 'package.json'])
    expect(own.told).toEqual([`installing an SDK with npm into ${join(installed.folder, '..')}`])
    expect(await readdir(join(cache, 'sdk'))).toEqual([
      expect.stringMatching(/^nodejs-[0-9a-f]{16}$/),
      'python-other',
    ])
    await registry[Symbol.asyncDispose]()
    expect(await installSdk(sdk, own)).toEqual({ ...installed, isNew: false })
    expect(own.told).toHaveLength(1)
  })

  test('for Python by pip, of wheels with the fixed hash alone', async () => {
    await using made = await folder({ 'cache/sdk/python-of-before/x': '' })
    const files = { 'boto3/__init__.py': "__version__ = '0.0.1'\n" }
    const sha256 = await writeWheel(join(made.path, 'wheels/boto3-0.0.1-py3-none-any.whl'), files, {
      name: 'boto3',
      version: '0.0.1',
    })
    vi.stubEnv('PIP_NO_INDEX', '1')
    vi.stubEnv('PIP_FIND_LINKS', join(made.path, 'wheels'))
    const own = tools(join(made.path, 'cache'))
    const wrong = pythonSdk({ boto3: { version: '0.0.1', sha256: '0'.repeat(64) } }, 'another boto3')
    await expect(installSdk(wrong, own)).rejects.toMatchObject({
      message: expect.stringMatching(/^pip for another boto3 exited with 1\.[^]*HASHES/) as string,
    })
    const sdk = pythonSdk({ boto3: { version: '0.0.1', sha256 } }, 'boto3')
    const { folder: installed } = await installSdk(sdk, own)
    expect(await readFile(join(installed, 'boto3/__init__.py'), 'utf8')).toContain('0.0.1')
    expect(existsSync(join(made.path, 'cache/sdk/python-of-before'))).toBe(false)
  })
})

test('nothing is installed into a cache that others may write to', async () => {
  await using open = await folder({ 'cache/sdk/x': '' })
  await chmod(join(open.path, 'cache/sdk'), 0o777)
  const own = tools(join(open.path, 'cache'))
  await expect(installSdk(runtimeSdks.python, own)).rejects.toMatchObject({
    code: 'USAGE',
    message: expect.stringContaining('others may write to') as string,
  })
  expect(await sdkPackages(runtimeSdks.python, own.variables)).toBeUndefined()
})

test('all versions are fixed with their hashes, and no registry is named', () => {
  const lock = runtimeSdks.nodejs.files['package-lock.json'] ?? ''
  const { packages } = JSON.parse(lock) as { packages: Record<string, { integrity?: string }> }
  const names = Object.keys(packages).filter((name) => name !== '')
  expect(names).toContain('node_modules/@aws-sdk/lib-dynamodb')
  expect(names.filter((name) => !packages[name]?.integrity?.startsWith('sha512-'))).toEqual([])
  expect(lock).not.toContain('"resolved"')
  for (const line of runtimeSdks.python.files['requirements.txt']?.trim().split('\n') ?? []) {
    expect(line).toMatch(/^[\w-]+==[\w.]+ --hash=sha256:[0-9a-f]{64}$/)
  }
})

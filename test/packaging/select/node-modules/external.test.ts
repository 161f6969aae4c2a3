import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import type { LambdactlError } from '../../../../src/errors/error.ts'
import type { PackageSource } from '../../../../src/packaging/model/types.ts'
import { packageFunction } from '../../../../src/packaging/package-function.ts'
import { answerOf, refusalOf } from '../../bundle/bundling.ts'
import { folder } from '../../folder.ts'
import { load } from '../../loading.ts'
import { packagesOf } from './installed.ts'

const own = {
  'index.ts': "import pic from 'pic'\nexport const handler = async () => pic()\n",
  'package.json': '{"type": "module", "dependencies": {"pic": "1"}}',
}
const platforms = [
  ['linux-x64', 'linux', 'x64', 'glibc'],
  ['linux-arm64', 'linux', 'arm64', 'glibc'],
  ['linuxmusl-x64', 'linux', 'x64', 'musl'],
  ['darwin-arm64', 'darwin', 'arm64', undefined],
] as const

/** A package that lists its dependencies and asks for one of its binaries' packages, of the shape of sharp. */
function pic(installed: readonly string[] = platforms.map(([name]) => name), modules = 'node_modules') {
  const optionalDependencies = Object.fromEntries(platforms.map(([name]) => [`@pic/pic-${name}`, '1']))
  const manifest = { dependencies: { 'detect-libc': '1', color: '1' }, optionalDependencies }
  const binaries = platforms
    .filter(([name]) => installed.includes(name))
    .flatMap(([name, os, cpu, libc]) => [
      [`@pic/pic-${name}/package.json`, { os: [os], cpu: [cpu], ...(libc && { libc: [libc] }) }],
      [`@pic/pic-${name}/lib.js`, `exports.name = '${name}'`],
    ])
  const files: Record<string, string | object> = {
    'pic/package.json': manifest,
    'pic/index.js':
      "require('detect-libc'); module.exports = () => require('color') + require(`@pic/pic-${process.platform}-x64/lib.js`).name",
    'detect-libc/package.json': {},
    'detect-libc/index.js': '',
    'color/package.json': { dependencies: { 'color-name': '1', 'not-there': '1' } },
    'color/index.js': "module.exports = require('color-name')",
    'color/node_modules/color-name/package.json': { version: '2.0.0' },
    'color/node_modules/color-name/index.js': "module.exports = 'red on '",
    'color-name/package.json': { version: '1.0.0' },
    'color-name/index.js': "module.exports = 'another'",
    'unrelated/package.json': {},
    ...(Object.fromEntries(binaries) as Record<string, string | object>),
  }
  return Object.fromEntries(
    Object.entries(files).map(([path, content]) => [
      `${modules}/${path}`,
      typeof content === 'string' ? content : JSON.stringify(content),
    ]),
  )
}

async function pack(files: Record<string, string>, more: Partial<PackageSource> = {}, source = '') {
  await using root = await folder(files)
  const fn = { runtime: 'nodejs24.x', handler: 'index.handler', bundle: { external: ['pic'] } }
  return await packageFunction({ ...fn, ...more, source: join(root.path, source) })
}

const needed = ['color', 'color/node_modules/color-name', 'detect-libc', 'pic'].map(
  (name) => `node_modules/${name}`,
)

describe('an external package', () => {
  test.each<[string, Partial<PackageSource>]>([
    ['by bundle.external alone', {}],
    ['by include', { include: ['node_modules/pic/'] }],
    [
      'by include, with the code as it is',
      { bundle: false, include: ['*.js', 'package.json', 'node_modules/pic/'] },
    ],
  ])('goes in with all that it runs with, for the machine of the function: %s', async (_, more) => {
    const code = { 'index.js': own['index.ts'] }
    const built = await pack({ ...own, ...(more.bundle === false ? code : {}), ...pic() }, more)
    expect(packagesOf(built)).toEqual(['node_modules/@pic/pic-linux-x64', ...needed])
    expect(await answerOf(built, more.bundle === false ? 'index.js' : 'index.mjs')).toBe('red on linux-x64')
    expect(built.notes).toEqual([
      expect.stringMatching(/^not installed: node_modules\/color imports not-there; /),
    ])
  })

  test('has its binaries for arm64 where the function is, and those that are there where none is right', async () => {
    const architecture = 'arm64'
    expect(packagesOf(await pack({ ...own, ...pic() }, { architecture }))[0]).toBe(
      'node_modules/@pic/pic-linux-arm64',
    )
    const foreign = await pack({ ...own, ...pic(['darwin-arm64']) }, { architecture })
    expect(packagesOf(foreign)[0]).toBe('node_modules/@pic/pic-darwin-arm64')
  })

  test('is found above the source, as in a workspace', async () => {
    const files = { 'fn/index.ts': own['index.ts'], 'fn/package.json': own['package.json'], ...pic() }
    for (const more of [{}, { include: ['node_modules/pic/'] }]) {
      const built = await pack(files, more, 'fn')
      expect(packagesOf(built)).toEqual(['node_modules/@pic/pic-linux-x64', ...needed])
    }
  })

  test('is left to a layer where there is one, unless include names it', async () => {
    const layers = ['arn:aws:lambda:eu-west-1:1:layer:pic:1']
    expect(packagesOf(await pack({ ...own, ...pic() }, { layers }))).toEqual([])
    const built = await pack({ ...own, ...pic() }, { layers, include: ['node_modules/pic/'] })
    expect(packagesOf(built)).toContain('node_modules/detect-libc')
  })

  test('loses what a later line of include, or .lambdactlignore, leaves out', async () => {
    const built = await pack(
      { ...own, ...pic(), '.lambdactlignore': 'node_modules/@pic/\n' },
      { include: ['node_modules/pic/', '!node_modules/detect-libc/'] },
    )
    expect(packagesOf(built)).toEqual(needed.filter((path) => !path.endsWith('libc')))
  })

  test('goes in where code asks for it by a name that only running it shows, and where a bundled package asks', async () => {
    const hidden = {
      ...own,
      'index.ts': "const name = 'pic'\nexport const handler = async () => (await import(name)).default()",
    }
    expect(packagesOf(await pack({ ...hidden, ...pic() }))).toContain('node_modules/pic')
    const nested = {
      ...own,
      'index.ts': "export { handler } from 'wrap'",
      'node_modules/wrap/package.json': '{}',
      'node_modules/wrap/index.js': "exports.handler = require('pic')",
      ...pic(undefined, 'node_modules/wrap/node_modules'),
    }
    expect(await answerOf(await pack(nested))).toBe('red on linux-x64')
  })

  test('brings what was generated beside it, and its code asks for', async () => {
    const built = await pack({
      ...own,
      'node_modules/pic/package.json': '{}',
      'node_modules/pic/index.js': "module.exports = require('.pic/client')",
      'node_modules/.pic/client/index.js': "module.exports = () => 'generated'",
      'node_modules/.other/index.js': '',
    })
    expect(await answerOf(built)).toBe('generated')
    expect(built.files.map(({ path }) => path).join()).not.toContain('.other')
  })

  test('brings the peers that are installed, and no tool that is there for development', async () => {
    const peers = {
      peerDependencies: { core: '1', cli: '1' },
      peerDependenciesMeta: { cli: { optional: true } },
    }
    const built = await pack({
      ...own,
      'package.json': '{"dependencies": {"pic": "1"}, "devDependencies": {"cli": "1"}}',
      'node_modules/pic/package.json': JSON.stringify(peers),
      'node_modules/pic/index.js': "module.exports = require('core')",
      'node_modules/core/package.json': '{}',
      'node_modules/core/index.js': 'module.exports = () => 1',
      'node_modules/cli/package.json': '{}',
    })
    expect(packagesOf(built)).toEqual(['node_modules/core', 'node_modules/pic'])
  })

  test('brings an optional peer that peerDependenciesMeta alone names, as database libraries name their drivers', async () => {
    const built = await pack({
      ...own,
      'node_modules/pic/package.json': '{"peerDependenciesMeta": {"core": {"optional": true}}}',
      'node_modules/pic/index.js': "module.exports = () => require('core')",
      'node_modules/core/package.json': '{}',
      'node_modules/core/index.js': "module.exports = 'driver'",
    })
    expect(await answerOf(built)).toBe('driver')
  })

  test('that a dependency may do without is not told', async () => {
    const optional = "let it\ntry { it = require('maybe') } catch {}\nexport const handler = () => it\n"
    const files = { 'index.ts': optional, 'package.json': '{}' }
    expect((await pack(files, { bundle: true })).notes).toEqual([])
    const named = await pack(files, { bundle: { external: ['may*'] } })
    expect(named.notes).toEqual([expect.stringContaining('maybe is not in the bundle')])
  })

  test.each([
    ['package-lock.json', 'npm install'],
    ['pnpm-lock.yaml', 'pnpm install'],
    ['yarn.lock', 'yarn install'],
    ['bun.lock', 'bun install'],
  ])('that is not installed is told with the command of %s', async (lock, command) => {
    const { notes } = await pack({ ...own, [lock]: '' })
    const said = new RegExp(`^pic is not in the bundle, and not installed: .*${command}.* installs`)
    expect(notes).toEqual([expect.stringMatching(said)])
    const error: unknown = await pack({ ...own, [lock]: '' }, { include: ['node_modules/pic/'] }).catch(
      (thrown: unknown) => thrown,
    )
    expect((error as Error).message).toBe(
      'include: expected files of the source that match "node_modules/pic/", got none.',
    )
    expect((error as LambdactlError).next[0]).toMatch(new RegExp(`^Install it: .*${command}`))
  })
})

describe('a native package that is bundled', () => {
  const addOn = {
    ...own,
    ...pic(),
    'node_modules/@pic/pic-linux-x64/pic.node': 'a binary',
    'node_modules/@pic/pic-linux-x64/package.json': '{"os": ["linux"], "cpu": ["x64"]}',
  }
  const note =
    'native add-ons do not work inside a bundle: pic; bundle: {external: [pic]} adds them beside the bundle, with their dependencies'

  test('is named with the line that leaves it out', async () => {
    expect((await pack(addOn, { bundle: true })).notes).toContain(note)
    expect((await pack(addOn)).notes).not.toContain(note)
    const { 'node_modules/@pic/pic-linux-x64/pic.node': _, ...plain } = addOn
    expect((await pack(plain, { bundle: true })).notes).not.toContain(note)
  })

  test('has that as the next step where it fails to load', async () => {
    const code = { 'index.ts': `${own['index.ts']}\npic()\n` }
    const { message, next } = await refusalOf(load({ ...addOn, ...code }, { bundle: true }))
    expect(message).toContain("Cannot find module '@pic/pic-linux-x64/lib.js'")
    expect(next).toContain(note)
  })
})

describe('a module that is missing when the handler is loaded', () => {
  const code = { 'index.ts': "import pic from 'pic'\nexport const handler = async () => pic()\n" }

  test.each([
    [
      'is installed by the command of the lock file',
      {},
      { external: ['pic'] },
      /^Install pic, .*pnpm install/,
    ],
    [
      'is taken in where it is on this machine',
      { ...pic(), '.lambdactlignore': 'node_modules/' },
      { external: ['pic'] },
      /^pic is on this machine, .* bundle: \{external: \[pic\]\} adds it/,
    ],
  ])('%s', async (_, files, bundle, said) => {
    const { next } = await refusalOf(load({ ...own, ...code, ...files, 'pnpm-lock.yaml': '' }, { bundle }))
    expect(next[0]).toMatch(said)
  })
})

import { symlink, writeFile } from 'node:fs/promises'
import { join, relative } from 'node:path'
import { describe, expect, test } from 'vitest'
import type { PackageSource } from '../../src/packaging/model/types.ts'
import { packageFunction } from '../../src/packaging/package-function.ts'
import { folder } from './folder.ts'

const node = { runtime: 'nodejs24.x', handler: 'index.handler', bundle: false } as const
const late = "exports.handler = async () => (await import('left-pad/fast')).default(1)\n"
const manifest = (more: object = {}) => JSON.stringify({ dependencies: { 'left-pad': '1', ...more } })

/** The notes, or what the error says. */
async function pack(files: Record<string, string>, more: Partial<PackageSource> = {}) {
  await using source = await folder(files)
  return await packageFunction({ ...node, ...more, source: source.path }).then(
    ({ notes }) => notes.join('\n'),
    (error: Error) => error.message.replace(source.path, ''),
  )
}

describe('a folder that is packed as it is, with a dependency that its code asks for late', () => {
  test('is refused where nobody installed it', async () => {
    expect(await pack({ 'index.js': late, 'package.json': manifest() })).toBe(
      "index.js imports left-pad, which package.json names, and the package doesn't have it: expected /node_modules/left-pad, got none.",
    )
  })

  test.each([
    ["require('left-pad')"],
    ['require("left-pad/a.js")'],
    ['import a from "left-pad"'],
    ["import 'left-pad'"],
    ["export * from 'left-pad'"],
  ])('is refused for %s', async (code) => {
    const files = { 'index.mjs': 'export const handler = 1', 'lib/a.js': code, 'package.json': manifest() }
    expect(await pack(files)).toMatch(/^lib\/a\.js imports left-pad/)
  })

  test.each<[string, Record<string, string>]>([
    ['it is there', { 'node_modules/left-pad/fast.js': '' }],
    ['it is there for a folder', { 'lib/node_modules/left-pad/fast.js': '' }],
    [
      'it is optional',
      {
        'package.json': JSON.stringify({
          dependencies: { 'left-pad': '1' },
          optionalDependencies: { 'left-pad': '1' },
        }),
      },
    ],
    ['package.json does not name it', { 'package.json': '{"devDependencies": {"left-pad": "1"}}' }],
    ['it is no JSON', { 'package.json': '<<<<<<< HEAD' }],
    ['Yarn has it elsewhere', { '.pnp.cjs': '' }],
    [
      'the code has it in itself',
      { 'index.js': 'exports.handler = () => "left-pad" // bundled from node_modules/left-pad' },
    ],
    [
      "it is the runtime's",
      {
        'index.js': "require('@aws-sdk/client-s3')",
        'package.json': manifest({ '@aws-sdk/client-s3': '3' }),
      },
    ],
  ])('is packed where %s', async (_what, files) => {
    expect(await pack({ 'index.js': late, 'package.json': manifest(), ...files })).not.toContain('asks for')
  })

  test('is packed where others are installed, and that is said', async () => {
    const files = { 'index.js': late, 'package.json': manifest(), 'node_modules/right-pad/index.js': '' }
    expect(await pack(files)).toContain('left-pad, which index.js imports and package.json names, is not in')
  })

  test('is packed where a layer may have it, and that is said', async () => {
    expect(await pack({ 'index.js': late, 'package.json': manifest() }, { layers: ['arn'] })).toBe(
      'left-pad, which index.js imports and package.json names, is not in the package',
    )
  })
})

describe('a package that is on this machine, and that code asks for late, is told where it stays here', () => {
  const inModules = (where: string) => ({
    [`${where}node_modules/left-pad/package.json`]: '{"name": "left-pad"}',
    [`${where}node_modules/left-pad/fast.js`]: '',
  })
  test.each<[string, Record<string, string>, Partial<PackageSource>]>([
    ['in a folder above the source', inModules(''), {}],
    ['since include does not name it', inModules('fn/'), { include: ['index.js', 'lib/'] }],
    ['by a rule', { ...inModules('fn/'), 'fn/.lambdactlignore': 'node_modules/\n' }, {}],
    [
      'as one for development',
      {
        ...inModules('fn/'),
        'fn/package-lock.json': '{"packages": {"node_modules/left-pad": {"dev": true}}}',
      },
      {},
    ],
  ])('%s', async (_, files, more) => {
    await using root = await folder({
      'fn/index.js': "exports.handler = require('./lib/a').handler",
      'fn/lib/a.js': late,
      ...files,
    })
    const fn = { ...node, ...more, source: join(root.path, 'fn') }
    const said = /^lib\/a\.js imports left-pad, which is in .*node_modules\/left-pad but not in the package$/
    expect((await packageFunction(fn)).notes).toContainEqual(expect.stringMatching(said))
    expect((await packageFunction({ ...fn, layers: ['arn'] })).notes.join()).not.toContain('asks for')
  })
})

test('of packages that only tools of the folder ask for, and of types, nothing is said', async () => {
  await using root = await folder({
    'node_modules/left-pad/package.json': '{}',
    'fn/index.js': "/** @type {import('left-pad').Pad} */\nexports.handler = () => 1",
    'fn/eslint.config.js': "module.exports = require('left-pad')",
  })
  expect((await packageFunction({ ...node, source: join(root.path, 'fn') })).notes).toEqual([])
})

describe('a dependency of a folder on this machine', () => {
  const files = {
    'fn/index.js': "exports.handler = require('rules')\n",
    'fn/package.json': '{"dependencies": {"rules": "file:../rules"}}',
    'rules/package.json': '{"name": "rules"}',
    'rules/index.js': 'module.exports = () => 5\n',
    'rules/test.js': '',
  }

  test('is the folder itself where it is linked', async () => {
    await using root = await folder({ ...files, 'fn/node_modules/.keep': '' })
    await symlink('../../rules', join(root.path, 'fn/node_modules/rules'))
    const made = () => packageFunction({ ...node, bundle: true, source: join(root.path, 'fn') })
    const before = await made()
    await writeFile(join(root.path, 'rules/index.js'), 'module.exports = () => 10\n')
    const after = await made()
    expect(after.codeDigest).not.toBe(before.codeDigest)
    expect(after.notes).toEqual([])
  })

  test.each([true, false])('is said where it is a copy of what it was, bundled: %s', async (bundle) => {
    await using root = await folder({
      ...files,
      'fn/yarn.lock': '',
      'fn/node_modules/rules/package.json': '{"name": "rules", "version": "1"}',
      'fn/node_modules/rules/index.js': 'module.exports = () => 5\n',
    })
    const made = () => packageFunction({ ...node, bundle, source: join(root.path, 'fn') })
    expect((await made()).notes.join()).not.toContain('copy')
    await writeFile(join(root.path, 'rules/index.js'), 'module.exports = () => 10\n')
    expect((await made()).notes).toContain(
      `node_modules/rules is a copy of ../rules, which has changed since: (cd ${relative(process.cwd(), root.path)}/fn && yarn install) copies it again`,
    )
  })
})

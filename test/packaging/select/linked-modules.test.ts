import { mkdir, symlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import type { PackageSource } from '../../../src/packaging/model/types.ts'
import { folder } from '../folder.ts'
import { failureOf } from '../loading.ts'
import { installed } from './node-modules/installed.ts'
import { files, pack, price } from './price.ts'

test('of a node_modules that is a link only packages go in: other files may be private', async () => {
  const gh = { 'gh/hosts.yml': 'oauth_token: x', 'gh/price/package.json': '{}', 'gh/price/index.js': '' }
  await using root = await folder({ ...gh, 'fn/index.mjs': 'export const handler = () => 1\n' })
  await symlink(join(root.path, 'gh/hosts.yml'), join(root.path, 'gh/linked.yml'))
  await symlink('../gh', join(root.path, 'fn/node_modules'))
  const { files: packed } = await pack(join(root.path, 'fn'))
  expect(packed.map(({ path }) => path)).toEqual([
    'index.mjs',
    'node_modules/price/index.js',
    'node_modules/price/package.json',
  ])
})

describe('a node_modules is refused', () => {
  test.each<Partial<PackageSource>>([{}, { bundle: { external: ['price'] }, include: ['*.json'] }])(
    'that is a link and leads nowhere, with %j',
    async (more) => {
      await using source = await folder(files)
      await symlink('../gone', join(source.path, 'node_modules'))
      expect(await failureOf(pack(source.path, more))).toBe(
        "The source can't be packaged: the link node_modules leads nowhere (../gone).",
      )
    },
  )

  test.each<[string, (modules: string) => Promise<unknown>]>([
    ['a file', (modules) => writeFile(modules, '')],
    ['a link to a file', (modules) => symlink('../package.json', modules)],
  ])('that is %s, beside one with links', async (_, make) => {
    await using source = await folder(files)
    await installed(source.path, price, { '': { price: 'price@1.0.0' } })
    await mkdir(join(source.path, 'lib'))
    await make(join(source.path, 'lib/node_modules'))
    expect(await failureOf(pack(source.path))).toContain("lib/node_modules can't be read: ENOTDIR")
  })
})

import { mkdir, rm, symlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import type { LambdactlError } from '../../../src/errors/error.ts'
import type { PackageSource } from '../../../src/packaging/model/types.ts'
import { answerOf } from '../bundle/bundling.ts'
import { folder } from '../folder.ts'
import { installed, link, packagesOf, type StoredPackage } from './node-modules/installed.ts'
import { files, handler, manifest, pack, price } from './price.ts'

const lazy = {
  ...price,
  'price@1.0.0': {
    ...price['price@1.0.0'],
    code: "exports.gross = (net) => net + require('tax').of(net)",
  },
}

describe('a package that is linked, and whose own dependency is beside its real folder only,', () => {
  test.each<[string, Record<string, StoredPackage>, Partial<PackageSource>]>([
    ['packed as it is', price, {}],
    ['packed as it is, and asked for late', lazy, {}],
    ['named by include', lazy, { include: ['index.mjs', 'package.json', 'node_modules/price/'] }],
    [
      'external, with all of node_modules',
      price,
      { bundle: { external: ['price'] }, include: ['node_modules/'] },
    ],
    [
      'external, and asked for late',
      lazy,
      { bundle: { external: ['price'] }, include: ['node_modules/price/'] },
    ],
    ['external and nothing more', lazy, { bundle: { external: ['price'] } }],
  ])('runs from the package: %s', async (_, packages, more) => {
    await using source = await folder(files)
    await installed(source.path, packages, { '': { price: 'price@1.0.0' } })
    const built = await pack(source.path, more)
    expect(await answerOf(built)).toBe(12)
    expect(packagesOf(built)).toEqual(['node_modules/price', 'node_modules/tax'])
  })
})

describe('in a workspace', () => {
  const workspace = {
    'functions/api/index.mjs':
      "import { gross } from '@shop/rules'\nexport const handler = async () => gross(10)\n",
    'functions/api/package.json': manifest({ dependencies: { '@shop/rules': 'workspace:*' } }),
    'packages/rules/package.json': JSON.stringify({
      name: '@shop/rules',
      main: 'index.js',
      dependencies: { price: '1' },
      devDependencies: { lint: '1' },
    }),
    'packages/rules/index.js': "exports.gross = require('price').gross",
    'packages/rules/.git/config': '',
    'package.json': '{"workspaces": ["functions/*", "packages/*"]}',
  }
  const lint = { 'lint@1.0.0': { code: '' } }

  test.each([false, { external: ['@shop/rules'] }])(
    'of pnpm, links that leave the folder of the function are laid out, bundled: %j',
    async (bundle) => {
      await using root = await folder(workspace)
      await installed(
        root.path,
        { ...price, ...lint },
        { 'packages/rules': { price: 'price@1.0.0', lint: 'lint@1.0.0' } },
      )
      await link(join(root.path, 'functions/api/node_modules/@shop/rules'), join(root.path, 'packages/rules'))
      const built = await pack(join(root.path, 'functions/api'), { bundle })
      expect(await answerOf(built)).toBe(12)
      expect(packagesOf(built)).toEqual([
        'node_modules/@shop/rules',
        'node_modules/price',
        'node_modules/tax',
      ])
      expect(built.files.map(({ path }) => path)).not.toContain('node_modules/@shop/rules/.git/config')
    },
  )

  test.each([false, { external: ['@shop/rules'] }])(
    'of npm, what is installed above the function is taken, bundled: %j',
    async (bundle) => {
      await using root = await folder({
        ...workspace,
        'node_modules/price/package.json': '{"name": "price", "dependencies": {"tax": "1"}}',
        'node_modules/price/index.js': price['price@1.0.0'].code,
        'node_modules/tax/package.json': '{"name": "tax"}',
        'node_modules/tax/index.js': price['tax@1.0.0'].code,
        'node_modules/lint/package.json': '{}',
      })
      await link(join(root.path, 'node_modules/@shop/rules'), join(root.path, 'packages/rules'))
      const built = await pack(join(root.path, 'functions/api'), { bundle })
      expect(await answerOf(built)).toBe(12)
      expect(packagesOf(built)).toEqual([
        'node_modules/@shop/rules',
        'node_modules/price',
        'node_modules/tax',
      ])
    },
  )

  test('a node_modules that is itself a link is laid out', async () => {
    await using root = await folder({ 'fn/index.mjs': handler })
    await installed(root.path, price, { '': { price: 'price@1.0.0' } })
    await symlink('../node_modules', join(root.path, 'fn/node_modules'))
    expect(await answerOf(await pack(join(root.path, 'fn')))).toBe(12)
  })
})

test('of linked packages include may name single files, and patterns for all', async () => {
  await using source = await folder(files)
  await installed(source.path, price, { '': { price: 'price@1.0.0' } })
  const pathsOf = async (include: string[]) =>
    (await pack(source.path, { include: ['index.mjs', ...include] })).files.map(({ path }) => path)
  expect(await pathsOf(['node_modules/price/index.js'])).toEqual(['index.mjs', 'node_modules/price/index.js'])
  const scripts = ['node_modules/price/index.js', 'node_modules/tax/index.js']
  expect(await pathsOf(['**/*.js'])).toEqual(['index.mjs', ...scripts])
  expect(await pathsOf(['node_modules/', '!node_modules/tax/', '!**/package.json'])).toEqual([
    'index.mjs',
    'node_modules/price/index.js',
  ])
})

test('links to files in a node_modules of links are the files', async () => {
  await using source = await folder({ ...files, 'lib/short.js': 'exports.gross = () => 1' })
  await installed(source.path, price, { '': { price: 'price@1.0.0' } })
  await symlink('../lib/short.js', join(source.path, 'node_modules/short.js'))
  expect((await pack(source.path)).files.map(({ path }) => path)).toContain('node_modules/short.js')
})

/** Packages that tell which ones they found. */
const tells = (...names: string[]) =>
  `exports.says = (seen = []) => [require('./package.json').version, ${names.map((name) => `seen.includes('${name}') ? '' : require('${name}').says([...seen, '${name}'])`).join(', ')}].flat(Infinity).filter(Boolean).join(' ')`

test('two versions, cycles, peers, scopes and packages that none declares are each found where they were', async () => {
  await using source = await folder({
    'index.mjs': `import a from 'a'\nimport b from '@shop/b'\nimport x from 'x'\nexport const handler = () => [a.says(), b.says(), x.says()]`,
    'package.json': '{"dependencies": {"a": "1", "@shop/b": "1", "x": "1"}}',
  })
  await installed(
    source.path,
    {
      'a@a1': { code: tells('x', 'c'), links: { x: 'x@x2', c: 'c@c1' } },
      '@shop/b@b1': {
        code: tells('x', 'c'),
        links: { x: 'x@x1', c: 'c@c2' },
        manifest: { peerDependencies: { x: '*' } },
      },
      'c@c1': { code: tells('d'), links: { d: 'd@d1' } },
      'c@c2': { code: tells('d', 'x'), links: { d: 'd@d2', x: 'x@x2' } },
      'd@d1': { code: tells('c'), links: { c: 'c@c1' } },
      'd@d2': { code: tells('c', 'ghost'), links: { c: 'c@c2' } },
      'x@x1': { code: tells() },
      'x@x2': { code: tells('ghost'), links: { ghost: 'ghost@g1' } },
      'ghost@g1': { code: tells() },
    },
    { '': { a: 'a@a1', '@shop/b': '@shop/b@b1', x: 'x@x1' } },
  )
  // pnpm lets all packages find all others there.
  await link(
    join(source.path, 'node_modules/.pnpm/node_modules/ghost'),
    join(source.path, 'node_modules/.pnpm/ghost@g1/node_modules/ghost'),
  )
  const here = (await import(join(source.path, 'index.mjs'))) as { handler(): unknown }
  const answer = await answerOf(await pack(source.path))
  expect(answer).toEqual(here.handler())
  expect(answer).toEqual(['a1 x2 g1 c1 d1', 'b1 x1 c2 d2 g1 x2 g1', 'x1'])
})

test('what an installer made beside a package, such as a generated client, goes along', async () => {
  await using source = await folder({
    ...files,
    'node_modules/.pnpm/price@1.0.0/node_modules/.client/index.js': 'exports.of = (net) => net / 2',
  })
  const code = "const { of } = require('.client'); exports.gross = (net) => net + of(net)"
  await installed(source.path, { 'price@1.0.0': { code } }, { '': { price: 'price@1.0.0' } })
  expect(await answerOf(await pack(source.path))).toBe(15)
})

describe('of linked packages those for development', () => {
  const develop = {
    ...price,
    'lint@1.0.0': { code: '', links: { tax: 'tax@1.0.0', rules: 'rules@1.0.0' } },
    'rules@1.0.0': { code: '' },
  }
  const all = { '': { price: 'price@1.0.0', lint: 'lint@1.0.0' } }

  test('stay out, and not what others need too', async () => {
    await using source = await folder({
      ...files,
      'package.json': manifest({ devDependencies: { lint: '1' } }),
    })
    await installed(source.path, develop, all)
    const built = await pack(source.path)
    expect(packagesOf(built)).toEqual(['node_modules/price', 'node_modules/tax'])
    expect(built.notes).toEqual([
      'left 2 development packages of node_modules out (a line !node_modules/ in .lambdactlignore adds them)',
    ])
    await writeFile(join(source.path, '.lambdactlignore'), '!node_modules/\n')
    expect(packagesOf(await pack(source.path))).toContain('node_modules/lint')
    await writeFile(join(source.path, '.lambdactlignore'), '!node_modules/lint/\n')
    expect(packagesOf(await pack(source.path))).toContain('node_modules/rules')
  })

  test('are told by their package.json alone: one that nothing declares goes in', async () => {
    await using source = await folder(files)
    await installed(source.path, develop, all)
    expect(packagesOf(await pack(source.path))).toContain('node_modules/lint')
  })
})

describe('of links that can not stand in a package is told', () => {
  async function refusal(prepare: (source: string) => Promise<unknown>) {
    await using source = await folder({ ...files, 'pnpm-lock.yaml': '' })
    await prepare(source.path)
    const error = (await pack(source.path).catch((thrown: unknown) => thrown)) as LambdactlError
    return { message: error.message.replaceAll(source.path, ''), next: error.next.join('\n') }
  }

  test('one that leads nowhere, with how to install again', async () => {
    const said = await refusal((source) => link(join(source, 'node_modules/price'), join(source, 'gone')))
    expect(said.message).toBe(
      "The source can't be packaged: the link node_modules/price leads nowhere (../gone).",
    )
    expect(said.next).toContain('pnpm install')
  })

  test("a circle of versions, which is pnpm's links' alone, with what to do", async () => {
    const said = await refusal((source) =>
      installed(
        source,
        {
          'a@1': { code: '', links: { b: 'b@2' } },
          'b@2': { code: '', links: { a: 'a@2' } },
          'a@2': { code: '', links: { b: 'b@1' } },
          'b@1': { code: '', links: { a: 'a@1' } },
        },
        { '': { a: 'a@1', b: 'b@1' } },
      ),
    )
    expect(said.message).toMatch(/^The links in \/node_modules, as pnpm makes them, can't be packaged: /)
    expect(said.next).toMatch(/bundle: true[^]*node-linker=hoisted/)
  })

  test('one out of the source that leads to no package, or to what holds the source', async () => {
    const ssh = { 'home/.ssh/id': 'a key', 'home/package.json': '{}', 'home/fn/index.mjs': handler }
    await using root = await folder(ssh)
    const source = join(root.path, 'home/fn')
    for (const target of ['home/.ssh', 'home']) {
      const path = join(source, 'node_modules', target.replaceAll(/\W/g, ''))
      await link(path, join(root.path, target))
      const error: unknown = await pack(source).catch((thrown: unknown) => thrown)
      expect((error as Error).message).toContain('leaves the folder, to')
      await rm(path)
    }
  })

  test('a file of a package that is a link out of it', async () => {
    const said = await refusal(async (source) => {
      await installed(source, price, { '': { price: 'price@1.0.0' } })
      await mkdir(join(source, 'keys'))
      await symlink('/etc/hosts', join(source, 'node_modules/.pnpm/tax@1.0.0/node_modules/tax/hosts'))
    })
    expect(said.message).toBe(
      "The source can't be packaged: the link node_modules/tax/hosts leaves the folder (/etc/hosts).",
    )
  })
})

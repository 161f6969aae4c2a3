import { chmod, mkdir, symlink } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { packageFunction } from '../../src/packaging/package-function.ts'
import { folder } from './folder.ts'

const node = { runtime: 'nodejs24.x', handler: 'index.handler', bundle: false }
const handler = { 'index.js': 'exports.handler = () => 1' }

const pathsOf = ({ files }: { files: readonly { path: string }[] }) => files.map(({ path }) => path)

describe('include', () => {
  const files = {
    ...handler,
    'package.json': '{}',
    'dist/a.js': '',
    'dist/deep/b.js': '',
    'dist/b.map': '',
    'src/dist/c.js': '',
    'node_modules/x/package.json': '{}',
  }

  test.each([
    [
      ['index.js', 'dist/'],
      ['dist/a.js', 'dist/b.map', 'dist/deep/b.js', 'index.js'],
    ],
    [
      ['index.js', './dist/*.js'],
      ['dist/a.js', 'index.js'],
    ],
    [
      ['index.js', 'package.json'],
      ['index.js', 'package.json'],
    ],
    [
      ['index.js', 'dist/', '!dist/*.map'],
      ['dist/a.js', 'dist/deep/b.js', 'index.js'],
    ],
    [
      ['index.js', '**/dist/*.js'],
      ['dist/a.js', 'index.js', 'src/dist/c.js'],
    ],
  ])('%j takes these in and nothing else', async (include, paths) => {
    await using source = await folder(files)
    expect(pathsOf(await packageFunction({ ...node, include, source: source.path }))).toEqual(paths)
  })

  test('of a pattern that nothing matches is refused', async () => {
    await using source = await folder(files)
    const fn = { ...node, include: ['index.js', 'build/'], source: source.path }
    await expect(packageFunction(fn)).rejects.toMatchObject({
      code: 'PACKAGE_INVALID',
      message: 'include: expected files of the source that match "build/", got none.',
    })
  })

  test.each([true, false])('says which patterns do nothing, bundled: %s', async (bundle) => {
    await using source = await folder({ 'index.js': 'exports.handler = () => 1', 'a.sql': '' })
    const include = ['index.js', '*.sql', '*.graphql', '!dist/*.map']
    const { notes } = await packageFunction({ ...node, bundle, include, source: source.path })
    expect(notes).toEqual([
      'include: "*.graphql" adds nothing: no file of the source matches it',
      'include: "!dist/*.map" excludes nothing: no file of the source matches it',
    ])
  })

  test('takes files in beside a bundle', async () => {
    await using source = await folder({ ...handler, 'views/a.html': '<p>', 'views/b.html': '<p>' })
    const fn = { ...node, bundle: true, include: ['views/'], source: source.path }
    expect(pathsOf(await packageFunction(fn))).toEqual(['index.mjs', 'views/a.html', 'views/b.html'])
  })
})

describe('node_modules of a folder that is packed as it is', () => {
  const files = {
    ...handler,
    'node_modules/prod/index.js': '1',
    'node_modules/prod/node_modules/inner/index.js': '1',
    'node_modules/@types/node/index.d.ts': '1'.repeat(200_000),
    'node_modules/tsc/bin.js': '#!',
    'node_modules/tsc/node_modules/deep/index.js': '1',
    'node_modules/maybe/index.js': '1',
  }
  const lock = (more: object = {}) =>
    JSON.stringify({
      lockfileVersion: 3,
      packages: {
        '': {},
        'node_modules/prod': {},
        'node_modules/prod/node_modules/inner': {},
        'node_modules/@types/node': { dev: true },
        'node_modules/tsc': { dev: true },
        'node_modules/tsc/node_modules/deep': { dev: true },
        'node_modules/maybe': { devOptional: true },
        ...more,
      },
    })
  const production = [
    'index.js',
    'node_modules/maybe/index.js',
    'node_modules/prod/index.js',
    'node_modules/prod/node_modules/inner/index.js',
  ]

  test.each(['package-lock.json', 'node_modules/.package-lock.json'])(
    'is left without what %s marks for development, with what is needed otherwise too',
    async (name) => {
      await using source = await folder({ ...files, [name]: lock() })
      await mkdir(join(source.path, 'node_modules/.bin'))
      await symlink('../tsc/bin.js', join(source.path, 'node_modules/.bin/tsc'))
      const built = await packageFunction({ ...node, source: source.path })
      expect(pathsOf(built).filter((path) => path !== name)).toEqual(production)
      expect(built.notes).toEqual([
        'left 3 development packages of node_modules out, 0.2 MB (a line !node_modules/ in .lambdactlignore adds them)',
      ])
    },
  )

  test.each([
    ['all of them', '!node_modules/', ['node_modules/tsc/', 'node_modules/@types/'], undefined],
    ['one of them', '!node_modules/tsc/', ['node_modules/tsc/'], 'left 2 development packages'],
  ])('keeps %s where .lambdactlignore has %s', async (_which, rule, kept, note) => {
    await using source = await folder({ ...files, 'package-lock.json': lock(), '.lambdactlignore': rule })
    const built = await packageFunction({ ...node, source: source.path })
    for (const start of kept) expect(pathsOf(built).some((path) => path.startsWith(start))).toBe(true)
    expect(
      built.notes.find((text) => text.startsWith('left') && text.includes('development'))?.slice(0, 27),
    ).toBe(note)
  })

  test.each([
    ['no lockfile', {}],
    ['one of npm 6', { 'package-lock.json': '{"lockfileVersion": 1, "dependencies": {}}' }],
    ['one that is no JSON', { 'package-lock.json': '<<<<<<< HEAD' }],
  ])('goes in whole with %s, and it is said', async (_, more) => {
    await using source = await folder({ ...files, ...more })
    const built = await packageFunction({ ...node, source: source.path })
    expect(pathsOf(built)).toContain('node_modules/tsc/bin.js')
    expect(built.notes).toEqual([
      'the whole node_modules is in the package: no package-lock.json tells which packages are only for development',
    ])
  })

  test('is not spoken of where there is none', async () => {
    await using source = await folder(handler)
    expect((await packageFunction({ ...node, source: source.path })).notes).toEqual([])
  })
})

describe('the bootstrap of a provided runtime', () => {
  const provided = { runtime: 'provided.al2023', handler: 'bootstrap', bundle: false }

  test('is refused where Lambda could not start it', async () => {
    await using source = await folder({ bootstrap: Buffer.from('cffaedfe07000001', 'hex') })
    await chmod(join(source.path, 'bootstrap'), 0o755)
    await expect(
      packageFunction({ ...provided, architecture: 'arm64', source: source.path }),
    ).rejects.toMatchObject({
      code: 'PACKAGE_INVALID',
      message:
        "Lambda can't start bootstrap: expected a Linux ELF for arm64 or a script that begins with #!, got a Mach-O binary for macOS.",
    })
  })

  test('is refused where it is missing', async () => {
    await using source = await folder({ 'target/bootstrap': '#!/bin/sh\n' })
    await expect(packageFunction({ ...provided, source: source.path })).rejects.toThrow(
      'A provided runtime starts bootstrap: expected an executable file of that name at the top of the package, got none.',
    )
  })
})

import { execFile } from 'node:child_process'
import { chmod, chown, mkdir, rename, symlink } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { expect, test } from 'vitest'
import { packageFunction } from '../../src/packaging/package-function.ts'
import { asNobody, nobody } from './as-nobody.ts'
import { folder } from './folder.ts'
import { useOwnCache } from './own-cache.ts'

const run = promisify(execFile)
const java = { runtime: 'java21', handler: 'shop.Handler', bundle: false }
const node = { runtime: 'nodejs24.x', handler: 'index.handler' }

useOwnCache()

test('a source has the same digest by way of a link, with a slash at its end, and under any name', async () => {
  await using place = await folder({ 'plain/a/b.txt': 'b', 'plain/c.txt': 'c' })
  const at = (name: string) => packageFunction({ ...java, source: join(place.path, name) })
  const { codeDigest, zip } = await at('plain')
  await symlink('plain', join(place.path, 'link'))
  for (const name of ['plain/', 'link', 'link/', './plain/../link/.']) {
    expect((await at(name)).zip.equals(zip)).toBe(true)
  }
  for (const name of ['with spaces ', 'größe 文件', '-rf', 'a\nb', "it's [odd]*"]) {
    await rename(join(place.path, 'plain'), join(place.path, name))
    expect((await at(name)).codeDigest).toBe(codeDigest)
    await rename(join(place.path, name), join(place.path, 'plain'))
  }
})

test('who has the files and who packs them make no difference', async () => {
  const files = { 'a/b.txt': 'b', 'run.sh': '#!/bin/sh' }
  await using mine = await folder(files)
  await using theirs = await folder(files)
  const isRoot = process.getuid?.() === 0
  for (const place of [mine.path, theirs.path]) await chmod(join(place, 'run.sh'), 0o700)
  for (const name of ['', 'a', ...Object.keys(files)]) {
    if (isRoot) await chown(join(theirs.path, name), nobody, nobody)
  }
  const first = await packageFunction({ ...java, source: mine.path })
  const second = await asNobody(() => packageFunction({ ...java, source: theirs.path }))
  expect(second.zip.equals(first.zip)).toBe(true)
  expect(second.codeDigest).toBe(first.codeDigest)
})

test('a file of the source and a folder of installed packages can not have the same name', async () => {
  for (const [own, packages] of [
    [{ 'app.py': '', six: '' }, { 'six/__init__.py': '' }],
    [{ 'app.py': '', 'six/a/b.py': '' }, { 'six/a': '' }],
  ] as const) {
    await using source = await folder(own)
    await using installed = await folder(packages)
    await expect(
      packageFunction({ ...java, source: source.path }, { installed: installed.path }),
    ).rejects.toThrow(
      /^The source can't be packaged: (six|six\/a) is a file in one place and a folder in the other, of the source and the installed packages\.$/,
    )
  }
})

test('a folder without files, or with none that go in, is refused', async () => {
  await using source = await folder()
  const pack = () => packageFunction({ ...java, source: source.path })
  await mkdir(join(source.path, 'empty'))
  await expect(pack()).rejects.toThrow('got a folder without files')
  await mkdir(join(source.path, '.git'))
  await expect(pack()).rejects.toThrow('got a folder without files')
})

test('files whose size says nothing of what they hold, as those of the kernel, are refused by name', async () => {
  await expect(packageFunction({ ...java, source: '/proc/sys/kernel/random' })).rejects.toThrow(
    /^The source can't be packaged: \w+ can't be read: it was changed while it was packaged/,
  )
})

test('links that lead deeper and deeper are refused before the stack is full', async () => {
  await using source = await folder()
  for (let index = 0; index < 5000; index += 1) {
    await mkdir(join(source.path, `d${index}`))
    await symlink(`../d${index + 1}`, join(source.path, `d${index}`, 'l'))
  }
  await mkdir(join(source.path, 'd5000'))
  await expect(packageFunction({ ...java, source: source.path })).rejects.toThrow(
    /^The source can't be packaged: d0(\/l)+\/?… is in more than 1000 folders\.$/,
  )
})

test('a link to a name that is not UTF-8 never gives the content of another', async () => {
  await using source = await folder()
  const script = `
import os, sys
os.chdir(sys.argv[1])
os.mkdir('left-out')
open(b'left-out/\\xff', 'w').write('meant')
open('left-out/\\ufffd', 'w').write('other')
os.symlink(b'left-out/\\xff', 'link')
open('.lambdactlignore', 'w').write('left-out')`
  await run('python3', ['-c', script, source.path])
  await expect(packageFunction({ ...java, source: source.path })).rejects.toThrow(
    "The source can't be packaged: the link link leads to a name that is not UTF-8.",
  )
})

test.each(['package-lock.json', 'node_modules/.package-lock.json'])(
  'a %s that is a FIFO blocks nobody, though rules leave it out',
  async (name) => {
    await using source = await folder({
      'node_modules/a/index.js': '',
      '.lambdactlignore': 'package-lock.json\n.package-lock.json',
    })
    await run('mkfifo', [join(source.path, name)])
    await expect(packageFunction({ ...java, source: source.path })).rejects.toThrow(
      `${name} can't be read: it is not a file`,
    )
  },
)

test('a module to bundle that is a FIFO blocks nobody', async () => {
  await using source = await folder()
  await run('mkfifo', [join(source.path, 'index.ts')])
  await expect(packageFunction({ ...node, bundle: true, source: source.path })).rejects.toThrow(
    'index.ts is not a file',
  )
})

import { execFile } from 'node:child_process'
import { chmod, cp, readdir, truncate, utimes } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { describe, expect, test } from 'vitest'
import { packageFunction } from '../../src/packaging/package-function.ts'
import { readZip } from '../../src/packaging/unzip/ready-zip.ts'
import { archive } from '../../src/packaging/zip/archive.ts'
import { folder } from './folder.ts'

const python = { runtime: 'python3.13', handler: 'index.handler', bundle: false }
const tree = {
  'index.py': 'def handler(event, context):\n    return event\n',
  'lib/größe.py': '# 文件\n'.repeat(500),
  'empty.txt': '',
  'run.sh': '#!/bin/sh\n',
}

describe('a folder packed as it is', () => {
  test('gives the same bytes and digest from a copy made in another order at another time', async () => {
    await using one = await folder(tree)
    await using two = await folder(Object.fromEntries(Object.entries(tree).toReversed()))
    for (const name of Object.keys(tree)) await utimes(join(two.path, name), 1e9, 1e9)
    await chmod(join(one.path, 'index.py'), 0o600)
    const first = await packageFunction({ ...python, source: one.path })
    const second = await packageFunction({ ...python, source: two.path })
    expect(second.zip.equals(first.zip)).toBe(true)
    expect(second.codeDigest).toBe(first.codeDigest)
    expect(second.files).toEqual(first.files)
  })

  test('has the digest that every release of lambdactl on every Node gives it', async () => {
    await using source = await folder(tree)
    await chmod(join(source.path, 'run.sh'), 0o755)
    const { codeDigest } = await packageFunction({ ...python, source: source.path })
    expect(codeDigest).toBe('db04311ce346d53f711be12b7e38415bdccc94ad71ce18a39f67994cae0161df')
  })

  test('gives another digest when a file can be run', async () => {
    await using source = await folder(tree)
    const before = await packageFunction({ ...python, source: source.path })
    await chmod(join(source.path, 'run.sh'), 0o755)
    const after = await packageFunction({ ...python, source: source.path })
    expect(after.codeDigest).not.toBe(before.codeDigest)
  })

  test('does not depend on the time zone', async () => {
    await using source = await folder(tree)
    const script = `
      import { packageFunction } from ${JSON.stringify(join(import.meta.dirname, '../../src/packaging/package-function.ts'))}
      const fn = ${JSON.stringify({ ...python, source: source.path })}
      console.log((await packageFunction(fn)).zip.toString('base64'))`
    const run = async (TZ: string) => {
      const args = ['--input-type=module', '--eval', script]
      return (await promisify(execFile)(process.execPath, args, { env: { ...process.env, TZ } })).stdout
    }
    expect(await run('Pacific/Auckland')).toBe(await run('America/Los_Angeles'))
  })

  test('is a zip that other programs read, with names, contents and modes', async () => {
    await using source = await folder(tree)
    await chmod(join(source.path, 'run.sh'), 0o755)
    const { zip, zippedBytes } = await packageFunction({ ...python, source: source.path })
    expect(zippedBytes).toBe(zip.length)
    await using out = await folder({ 'package.zip': zip })
    const script =
      'import json, sys, zipfile; z = zipfile.ZipFile(sys.argv[1]); assert z.testzip() is None; print(json.dumps([[i.filename, oct(i.external_attr >> 16), i.file_size, i.date_time[0]] for i in z.infolist()]))'
    const { stdout } = await promisify(execFile)('python3', ['-c', script, join(out.path, 'package.zip')])
    expect(JSON.parse(stdout)).toEqual([
      ['empty.txt', '0o100644', 0, 2000],
      ['index.py', '0o100644', 46, 2000],
      ['lib/größe.py', '0o100644', 4500, 2000],
      ['run.sh', '0o100755', 10, 2000],
    ])
  })

  test('reports sizes, the largest parts and the secrets left out', async () => {
    await using source = await folder({ ...tree, '.env': 'TOKEN=1' })
    const { unzippedBytes, largest, excludedSecrets, bundled, files } = await packageFunction({
      ...python,
      source: source.path,
    })
    expect({ unzippedBytes, excludedSecrets, bundled }).toEqual({
      unzippedBytes: 4556,
      excludedSecrets: ['.env'],
      bundled: false,
    })
    expect(largest[0]).toEqual({ path: 'lib', bytes: 4500 })
    expect(files.find(({ path }) => path === 'empty.txt')).toEqual({
      path: 'empty.txt',
      size: 0,
      mode: 0o644,
      sha256: 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
    })
  })

  test('is refused unread when it is too large unzipped', async () => {
    await using source = await folder({ ...tree, 'model/weights.bin': '' })
    await truncate(join(source.path, 'model/weights.bin'), 262_144_000)
    await expect(packageFunction({ ...python, source: source.path })).rejects.toMatchObject({
      code: 'PACKAGE_INVALID',
      message:
        'The package is too large unzipped: expected at most 250 MiB, got 250.1 MiB. Largest: model (250 MiB), lib (0.1 MiB), index.py (0.1 MiB), run.sh (0.1 MiB), empty.txt (0 MiB).',
    })
  })
})

describe('a source that is wrong is refused', () => {
  test.each([
    ['missing', {}, 'nothing'],
    ['empty', { 'empty/.git/config': '' }, 'a folder without files'],
    ['file.py', { 'file.py': '' }, 'a file'],
    ['gone.zip', {}, 'nothing'],
  ])('%s', async (name, files, got) => {
    await using directory = await folder(files)
    const source = join(directory.path, name)
    await expect(packageFunction({ ...python, source })).rejects.toMatchObject({
      code: 'PACKAGE_INVALID',
      message: `The source ${source} can't be packaged: expected a folder with files or a .zip, got ${got}.`,
    })
  })
})

describe('a ready zip', () => {
  const entries = [
    { path: 'run', mode: 0o755, content: Buffer.from('x') },
    { path: 'index.py', mode: 0o644, content: Buffer.from('def handler(e, c): pass\n') },
  ] as const

  test('is passed on as it is, and its files make the digest that the folder would make', async () => {
    const zip = await archive(entries)
    await using directory = await folder({
      'ready.zip': zip,
      'src/index.py': entries[1].content,
      'src/run': 'x',
    })
    await chmod(join(directory.path, 'src/run'), 0o755)
    const ready = await packageFunction({ ...python, source: join(directory.path, 'ready.zip') })
    const unpacked = await packageFunction({ ...python, source: join(directory.path, 'src') })
    expect(ready.zip.equals(zip)).toBe(true)
    expect(ready.codeDigest).toBe(unpacked.codeDigest)
    expect(ready.files).toEqual(unpacked.files)
  })

  test('that is damaged is refused', async () => {
    const zip = await archive(entries)
    for (const bytes of [Buffer.from('no zip'), zip.subarray(0, -10), Buffer.alloc(0)]) {
      await expect(readZip(bytes, 'ready.zip')).rejects.toMatchObject({
        code: 'PACKAGE_INVALID',
        message: expect.stringMatching(/^ready\.zip is not a zip that can be read: .*[^.]\.$/) as string,
      })
    }
  })

  test('that unzips to more than Lambda takes is refused before it is unpacked', async () => {
    const zip = await archive([{ path: 'bomb', mode: 0o644, content: Buffer.alloc(1000) }])
    const size = zip.lastIndexOf(Buffer.from('PK\x01\x02')) + 24
    zip.writeUInt32LE(262_144_001, size)
    await expect(readZip(zip, 'ready.zip')).rejects.toThrow(
      'The package is too large unzipped: expected at most 250 MiB, got 250.1 MiB. Largest: bomb (250.1 MiB).',
    )
  })

  test('that holds more than it declares is refused', async () => {
    const zip = await archive([{ path: 'bomb', mode: 0o644, content: Buffer.alloc(1000) }])
    zip.writeUInt32LE(10, zip.lastIndexOf(Buffer.from('PK\x01\x02')) + 24)
    await expect(readZip(zip, 'ready.zip')).rejects.toThrow('ready.zip is not a zip that can be read')
  })
})

describe('a Node function that is bundled', () => {
  const node = { runtime: 'nodejs22.x', handler: 'index.handler', bundle: true }
  const files = {
    'index.ts':
      "import { greet } from './greet.ts'\nexport const handler = async (event: { name: string }) => greet(event.name)\n",
    'greet.ts': "import dep from 'dep'\nexport const greet = (name: string): string => dep.hello(name)\n",
    'node_modules/dep/package.json': '{"name": "dep", "main": "main.js"}',
    'node_modules/dep/main.js':
      "const { join } = require('path')\nexports.hello = (name) => join('hello', name)\n",
    'unused.ts': 'throw new Error()',
  }

  test('is one ES module that runs, dependencies of CommonJS included, and nothing is written beside it', async () => {
    await using source = await folder(files)
    const built = await packageFunction({ ...node, source: source.path })
    expect(built.bundled).toBe(true)
    expect(built.files.map(({ path }) => path)).toEqual(['index.mjs'])
    expect(built.largest.map(({ path }) => path)).toContain('node_modules/dep')
    expect((await readdir(source.path)).toSorted()).toEqual([
      'greet.ts',
      'index.ts',
      'node_modules',
      'unused.ts',
    ])
    expect(await answerOf(built.zip, 'index.mjs', { name: 'Ada' })).toBe('hello/Ada')
  })

  test('gives the same bytes wherever the folder is', async () => {
    await using one = await folder(files)
    await using two = await folder()
    await cp(one.path, join(two.path, 'deeper/down'), { recursive: true })
    const first = await packageFunction({ ...node, source: one.path })
    const second = await packageFunction({ ...node, source: join(two.path, 'deeper/down') })
    expect(second.zip.equals(first.zip)).toBe(true)
  })

  test('keeps the place of its module, so that the handler stays as it is written', async () => {
    await using source = await folder({ 'src/app.mts': 'export const main = () => 1' })
    const built = await packageFunction({ ...node, handler: 'src/app.main', source: source.path })
    expect(built.files.map(({ path }) => path)).toEqual(['src/app.mjs'])
  })

  test('leaves the AWS SDK to the runtime', async () => {
    await using source = await folder({
      'index.ts': "import { S3 } from '@aws-sdk/client-s3'\nexport const handler = () => new S3({})",
    })
    const built = await packageFunction({ ...node, source: source.path })
    expect(await textOf(built.zip, 'index.mjs')).toContain('from "@aws-sdk/client-s3"')
  })

  test('may be written in CommonJS, and still exports its handler by name', async () => {
    await using source = await folder({
      'index.js':
        "const { basename } = require('node:path')\nexports.handler = async () => [typeof __dirname, basename(__filename)]",
    })
    const built = await packageFunction({ ...node, source: source.path })
    expect(await answerOf(built.zip, 'index.mjs', {})).toEqual(['string', 'index.mjs'])
  })

  test.each([
    [
      'no module',
      { 'main.ts': '' },
      'The handler index.handler has no module: expected index.ts, index.mts, index.cts, index.js, index.mjs or index.cjs, got main.ts.',
    ],
    [
      'a syntax error',
      { 'index.ts': 'export const handler = () => {\n  return 1 +\n}' },
      'The function\'s code can\'t be built.\nindex.ts:3:1: Unexpected "}"',
    ],
    [
      'a missing dependency',
      { 'index.ts': "import x from 'left-pad'\nexport const handler = x" },
      "The function's code can't be built: an import leads nowhere. Install the function's dependencies, or correct the import:\n" +
        'index.ts:1:15: Could not resolve "left-pad"',
    ],
  ])('is refused with %s', async (_what, sources, message) => {
    await using source = await folder(sources)
    const failure: unknown = await packageFunction({ ...node, source: source.path }).catch(
      (error: unknown) => error,
    )
    expect(failure).toMatchObject({ code: 'PACKAGE_INVALID' })
    expect((failure as Error).message.split('\n  ')[0]).toBe(message)
  })
})

test('the bootstrap of a provided runtime is made executable', async () => {
  await using source = await folder({ bootstrap: '#!/bin/sh\n', 'lib/bootstrap': '' })
  const fn = { runtime: 'provided.al2023', handler: 'bootstrap', bundle: false, source: source.path }
  const built = await packageFunction(fn)
  expect(built.files.map(({ path, mode }) => [path, mode])).toEqual([
    ['bootstrap', 0o755],
    ['lib/bootstrap', 0o644],
  ])
})

async function textOf(zip: Buffer, path: string): Promise<string> {
  return String(await (await readZip(zip, 'package.zip')).read(path))
}

/** The answer of the packaged handler, unpacked to a folder of its own. */
async function answerOf(zip: Buffer, path: string, event: unknown): Promise<unknown> {
  await using out = await folder({ [path]: await textOf(zip, path) })
  const module = (await import(join(out.path, path))) as { handler(event: unknown): Promise<unknown> }
  return await module.handler(event)
}

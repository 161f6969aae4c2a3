import { execFile } from 'node:child_process'
import {
  chmod,
  cp,
  mkdir,
  readdir,
  readFile,
  rename,
  rm,
  stat,
  symlink,
  utimes,
  writeFile,
} from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { describe, expect, test } from 'vitest'
import { cachedZip } from '../../../src/packaging/cache/cached-zip.ts'
import { packageFunction } from '../../../src/packaging/package-function.ts'
import { selectFiles } from '../../../src/packaging/select/select-files.ts'
import { type ZippedFiles, zipFiles } from '../../../src/packaging/zip/zip-files.ts'
import { folder } from '../folder.ts'
import { useOwnCache } from '../own-cache.ts'

const cache = useOwnCache()
const tree = { 'index.js': 'exports.handler = 1\n', 'lib/a.js': 'a'.repeat(1000), 'lib/b.js': 'b' }

/** Packages a folder, as if it had been made long ago; says whether its zip came from the cache. */
async function pack(source: string, { longAgo = true } = {}) {
  const { files, startedMs } = selectFiles(source)
  let made = false
  const wanted = { files, startedMs: longAgo ? startedMs + 60_000 : startedMs }
  const zipped = await cachedZip(wanted, () => {
    made = true
    return zipFiles(files)
  })
  return { ...zipped, cached: !made }
}

describe('the cache gives the same package again', () => {
  test('for a folder that is unchanged', async () => {
    await using source = await folder(tree)
    const first = await pack(source.path)
    const second = await pack(source.path)
    expect([first.cached, second.cached]).toEqual([false, true])
    expect(second.zip.equals(first.zip)).toBe(true)
    expect(second.files).toEqual(first.files)
  })

  test('for files that were made just now, once they were read again', async () => {
    await using source = await folder(tree)
    await pack(source.path, { longAgo: false })
    expect((await pack(source.path, { longAgo: false })).cached).toBe(true)
  })

  test('through packageFunction, for a folder that is worth it', async () => {
    const many = Array.from({ length: 1001 }, (_, index) => [`f${index}.txt`, String(index)])
    await using source = await folder({ ...tree, ...(Object.fromEntries(many) as Record<string, string>) })
    const fn = { source: source.path, runtime: 'nodejs24.x', handler: 'index.handler', bundle: false }
    const first = await packageFunction(fn)
    const names = await readdir(cache())
    const second = await packageFunction(fn, { onProgress: () => expect.fail('it was packed again') })
    expect(names).toHaveLength(2)
    expect(second).toEqual(first)
  })
})

describe('a package is made again', () => {
  test.each<[string, (path: string) => Promise<unknown>]>([
    ['a content of the same size, with its time put back', putBack],
    ['a file more', (path) => writeFile(join(path, 'new.js'), '')],
    ['a file less', (path) => rm(join(path, 'lib/b.js'))],
    ['another name', (path) => rename(join(path, 'lib/b.js'), join(path, 'lib/c.js'))],
    ['a mode', (path) => chmod(join(path, 'lib/b.js'), 0o755)],
    ['another file at its place', (path) => cp(join(path, 'lib/a.js'), join(path, 'lib/b.js'))],
  ])('after %s', async (_what, change) => {
    await using source = await folder(tree)
    const first = await pack(source.path)
    await change(source.path)
    const second = await pack(source.path)
    expect(second.cached).toBe(false)
    expect(second.zip.equals(first.zip)).toBe(false)
  })

  test('when a file may have been changed without a trace, and was', async () => {
    await using source = await folder(tree)
    const before = await zippedOf(source.path)
    await writeFile(join(source.path, 'lib/b.js'), 'B')
    // As if the first content had been read within the same tick of the clock: it is remembered under these very times.
    const { files, startedMs } = selectFiles(source.path)
    await cachedZip({ files, startedMs }, async () => before)
    const { cached, zip } = await pack(source.path, { longAgo: false })
    expect(cached).toBe(false)
    expect(zip.equals((await zippedOf(source.path)).zip)).toBe(true)
  })

  test.each([
    ['Node', 'node'],
    ['zlib', 'zlib'],
  ] as const)('by another %s, whose zip may have other bytes', async (_what, name) => {
    await using source = await folder(tree)
    await pack(source.path)
    const { versions } = process
    const others = { ...versions, [name]: '0.0.0' }
    Object.defineProperty(process, 'versions', { value: others, configurable: true })
    const { cached } = await pack(source.path)
    Object.defineProperty(process, 'versions', { value: versions, configurable: true })
    expect(cached).toBe(false)
  })

  test.each<[string, (file: string) => Promise<unknown>]>([
    ['is empty', (file) => writeFile(file, '')],
    ['lost its end', async (file) => writeFile(file, (await readFile(file)).subarray(0, -1))],
    ['has one other byte', flipByte],
    ['is text', (file) => writeFile(file, 'none of ours\n{}')],
    ['is gone', (file) => rm(file)],
    ['is a folder', (file) => rm(file).then(() => mkdir(file))],
    ['is a link', (file) => rename(file, `${file}.moved`).then(() => symlink(`${file}.moved`, file))],
    ['is a FIFO', (file) => rm(file).then(() => promisify(execFile)('mkfifo', [file]))],
  ])('where a file of the cache %s', async (_what, damage) => {
    await using source = await folder(tree)
    const first = await pack(source.path)
    const names = await readdir(cache())
    expect(names.map((name) => name.replace(/^[0-9a-f]{64}/, '')).toSorted()).toEqual(['.json', '.zip'])
    for (const name of names) {
      await damage(join(cache(), name))
      const { cached, zip } = await pack(source.path)
      expect(cached).toBe(false)
      expect(zip.equals(first.zip)).toBe(true)
      await rm(cache(), { recursive: true })
      await pack(source.path)
    }
  })

  test('where the cache has what belongs to other files', async () => {
    await using one = await folder(tree)
    await using two = await folder({ ...tree, 'lib/b.js': 'c' })
    await pack(one.path)
    const [index = ''] = (await readdir(cache())).filter((name) => name.endsWith('.json'))
    await pack(two.path)
    const [other = ''] = (await readdir(cache())).filter((name) => name.endsWith('.json') && name !== index)
    await rename(join(cache(), index), join(cache(), other))
    expect((await pack(two.path)).cached).toBe(false)
  })
})

describe('the cache', () => {
  test('is read and written by its user alone, and nothing is written beside the source', async () => {
    await using source = await folder(tree)
    await pack(source.path)
    expect((await stat(cache())).mode & 0o777).toBe(0o700)
    for (const name of await readdir(cache())) {
      expect((await stat(join(cache(), name))).mode & 0o777).toBe(0o600)
    }
    expect((await readdir(source.path)).toSorted()).toEqual(['index.js', 'lib'])
  })

  test('is not used where others could have written to it', async () => {
    await using source = await folder(tree)
    await pack(source.path)
    await chmod(cache(), 0o777)
    expect((await pack(source.path)).cached).toBe(false)
  })

  test('may be impossible: then packages are made without it', async () => {
    await using source = await folder(tree)
    await writeFile(cache(), 'a file where the folder should be')
    expect((await pack(source.path)).cached).toBe(false)
  })

  test('may be used by many at once, and keeps nothing half-written', async () => {
    await using source = await folder(tree)
    const all = await Promise.all(Array.from({ length: 8 }, () => pack(source.path)))
    expect(new Set(all.map(({ zip }) => zip.toString('base64'))).size).toBe(1)
    expect((await readdir(cache())).filter((name) => name.endsWith('.tmp'))).toEqual([])
    expect((await pack(source.path)).cached).toBe(true)
  })
})

async function zippedOf(source: string): Promise<ZippedFiles> {
  return zipFiles(selectFiles(source).files)
}

async function putBack(path: string): Promise<void> {
  const file = join(path, 'lib/a.js')
  const { atime, mtime } = await stat(file)
  await writeFile(file, 'c'.repeat(1000))
  await utimes(file, atime, mtime)
}

async function flipByte(file: string): Promise<void> {
  const bytes = await readFile(file)
  const at = bytes.length >> 1
  bytes[at] = (bytes[at] ?? 0) ^ 1
  await writeFile(file, bytes)
}

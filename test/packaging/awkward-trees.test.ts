import { execFile } from 'node:child_process'
import { createHash } from 'node:crypto'
import { chmod, link, mkdir, symlink, truncate, utimes, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { promisify } from 'node:util'
import { describe, expect, test } from 'vitest'
import { packageFunction } from '../../src/packaging/package-function.ts'
import { asNobody } from './as-nobody.ts'
import { folder } from './folder.ts'
import { useOwnCache } from './own-cache.ts'
import { filesIn, type ReadFile, zipReaders } from './zip-readers.ts'

const run = promisify(execFile)
const java = { runtime: 'java21', handler: 'shop.Handler', bundle: false }

useOwnCache()

function pack(source: string) {
  return packageFunction({ ...java, source })
}

async function refusal(source: string): Promise<string> {
  const failure: unknown = await pack(source).catch((error: unknown) => error)
  expect(failure).toMatchObject({ code: 'PACKAGE_INVALID' })
  return (failure as Error).message
}

/** Not by `deflate`'s own measure: bytes that repeat nothing. */
const incompressible = Buffer.from(
  Array.from({ length: 200 }, (_, index) => [...createHash('sha256').update(String(index)).digest()]).flat(),
)

const trees: Record<string, (path: string) => Promise<unknown>> = {
  'names in every script': (path) =>
    write(
      path,
      [
        [
          'größe',
          'файл',
          '文件',
          'ファイル',
          '파일',
          'ملف',
          'קובץ',
          'αρχείο',
          'फ़ाइल',
          'ไฟล์',
          '👩‍👩‍👧/🚀.txt',
        ],
        // Two files that look the same: é in one code point and in two, and one of astral characters.
        ['caf\u00E9', 'cafe\u0301', '\u{1D4D0}', '\uFB01n'],
      ].flat(),
    ),
  'names that shells and parsers trip over': (path) =>
    write(
      path,
      [
        [' ', ' lead', 'trail ', '-rf', '--', '..a', '.../x/..y', '$(id)', '`id`', "it's", 'a"b', 'a|b;c&d'],
        [
          '*',
          '?',
          '[a]',
          '{b}',
          '#c',
          '!d',
          '%s%n',
          'nul',
          'con.txt',
          'a\tb',
          'a\nb',
          '\u0001\u001B[31m',
          '\u202E',
        ],
        ['__proto__', 'constructor', 'toString/valueOf', '....'],
      ].flat(),
    ),
  'names that sort differently by locale, by case and by bytes': (path) =>
    write(path, ['B', 'ä', 'Z', '_', 'a-b', 'a/b', 'a.b', 'a0', 'A', '\uFF5E', '\u{10000}', 'I', 'ß', 'ss']),
  'names as long as the file system takes them': (path) =>
    write(path, ['x'.repeat(255), 'ü'.repeat(127), `${`${'d'.repeat(250)}/`.repeat(14)}f`]),
  'empty files, and a content of every size around a limit': (path) =>
    Promise.all(
      [0, 1, 2, 15, 16_383, 16_384, 16_385, 1_048_575, 1_048_576, 1_048_577].map((size) =>
        writeFile(join(path, `size-${size}`), 'ab'.repeat(size).slice(0, size)),
      ),
    ),
  'contents that can not be deflated': async (path) => {
    await writeFile(join(path, 'random.bin'), incompressible)
    await writeFile(join(path, 'three.bin'), Buffer.from([1, 2, 3]))
    await writeFile(
      join(path, 'random-and-text.bin'),
      Buffer.concat([incompressible, Buffer.alloc(500, 'a')]),
    )
  },
  'files that can be run, and that only some may read': async (path) => {
    for (const mode of [0o400, 0o600, 0o644, 0o666, 0o700, 0o744, 0o755, 0o777, 0o4755, 0o654]) {
      await writeFile(join(path, `mode-${mode.toString(8)}`), 'x')
      await chmod(join(path, `mode-${mode.toString(8)}`), mode)
    }
  },
  'hard links, each a file of its own': async (path) => {
    await write(path, ['one', 'deep/two'])
    await link(join(path, 'one'), join(path, 'deep/again'))
  },
  'times that a zip does not know': async (path) => {
    await write(path, ['old', 'future', 'deep/a:b'])
    await utimes(join(path, 'old'), -1e9, -1e9)
    await utimes(join(path, 'future'), 7e9, 7e9)
  },
  'so many files that workers pack them': (path) =>
    write(
      path,
      Array.from({ length: 1500 }, (_, index) => `package-${index % 40}/${index % 7}/file-${index}.js`),
    ),
  'so large files that workers pack them, each in a batch of its own': async (path) => {
    for (let index = 0; index < 6; index += 1) {
      await writeFile(join(path, `large-${index}`), Buffer.alloc(1_500_000, `line ${index}\n`))
    }
  },
}

describe.each(Object.entries(trees))('%s', (_what, make) => {
  for (const { name, isInstalled, normalises, read } of zipReaders) {
    test.runIf(isInstalled)(
      `are read back by ${name} as they were${isInstalled ? '' : ': not installed here'}`,
      async () => {
        await using source = await folder()
        await make(source.path)
        const { zip } = await pack(source.path)
        const there = await filesIn(source.path)
        const expected = there.map(([path, mode, sha256]) => [path, zipMode(mode), sha256] as const)
        expect(await read(zip)).toEqual(normalises ? composed(expected) : expected)
      },
    )
  }
})

/** As a reader has it that composes names: of two that look the same the later one is left. */
function composed(files: readonly ReadFile[]): ReadFile[] {
  const byName = new Map(files.map(([path, ...rest]) => [path.normalize('NFC'), rest] as const))
  return Array.from(byName, ([path, rest]) => [path, ...rest] as const).toSorted(([a], [b]) =>
    a < b ? -1 : 1,
  )
}

/** Whether it can be run is all that a package keeps. */
function zipMode(mode: string): string {
  return Number(mode) & 0o111 ? '0o100755' : '0o100644'
}

/** Files whose content is their own name, many times. */
async function write(root: string, paths: readonly string[]): Promise<void> {
  for (const path of paths) {
    await mkdir(dirname(join(root, path)), { recursive: true })
    await writeFile(join(root, path), `${path}\n`.repeat(50))
  }
}

describe('a source is refused, by name and before anything is read, for', () => {
  test('a sparse file of 4.4 GB', async () => {
    await using source = await folder({ 'index.js': '', 'disk.pem': '' })
    await truncate(join(source.path, 'disk.pem'), 4_400_000_000)
    expect(await refusal(source.path)).toContain('got 4196.2 MiB. Largest: disk.pem')
  })

  test('a sparse file of 300 MB', async () => {
    await using source = await folder({ 'index.js': '' })
    await writeFile(join(source.path, 'image.raw'), '')
    await truncate(join(source.path, 'image.raw'), 300_000_000)
    await writeFile(join(source.path, 'also.pem'), '')
    await truncate(join(source.path, 'also.pem'), 300_000_000)
    expect(await refusal(source.path)).toBe(
      'The package is too large unzipped: expected at most 250 MiB, got 572.3 MiB. Largest: also.pem (286.2 MiB), image.raw (286.2 MiB), index.js (0 MiB).',
    )
  })

  test('a FIFO, which would block whoever opens it', async () => {
    await using source = await folder({ 'index.js': '' })
    await run('mkfifo', [join(source.path, 'queue')])
    expect(await refusal(source.path)).toBe(
      "The source can't be packaged: queue is neither a file nor a folder.",
    )
  })

  test('a FIFO that calls itself a certificate', async () => {
    await using source = await folder({ 'index.js': '' })
    await run('mkfifo', [join(source.path, 'queue.pem')])
    expect(await refusal(source.path)).toContain('queue.pem is neither a file nor a folder')
  })

  test('a device', async () => {
    expect(await refusal('/dev/pts')).toMatch(/ptmx is neither a file nor a folder|\d is neither a file/)
  })

  test('a file and a folder that this user may not read', async () => {
    for (const name of ['locked.js', 'locked']) {
      await using source = await folder({ 'index.js': '', 'locked.js': '', 'locked/a.js': '' })
      await chmod(source.path, 0o755)
      await chmod(join(source.path, name), 0o000)
      const message = await asNobody(() => refusal(source.path))
      expect(message).toContain(`${name} can't be read: EACCES`)
    }
  })

  test('a folder that may be listed but not entered', async () => {
    await using source = await folder({ 'listed/a.js': '' })
    await chmod(source.path, 0o755)
    await chmod(join(source.path, 'listed'), 0o644)
    expect(await asNobody(() => refusal(source.path))).toContain("listed/a.js can't be read: EACCES")
  })

  test('links in a circle', async () => {
    await using source = await folder({ 'a/x.js': '', 'b/y.js': '' })
    await symlink('../b', join(source.path, 'a/to-b'))
    await symlink('../a', join(source.path, 'b/to-a'))
    expect(await refusal(source.path)).toMatch(
      /the link (a\/to-b\/to-a|b\/to-a\/to-b) leads back to a folder/,
    )
  })

  test('links that multiply: ten in each of twelve folders to the next', async () => {
    await using source = await folder()
    const names = Array.from('abcdefghijkl')
    for (const name of names) await mkdir(join(source.path, name))
    for (const [index, name] of names.slice(1).entries()) {
      for (let count = 0; count < 10; count += 1) {
        await symlink(`../${name}`, join(source.path, names[index] ?? '', `to-${name}-${count}`))
      }
    }
    expect(await refusal(source.path)).toBe(
      "The source can't be packaged: the link a/to-b-0, together with others, leads to more than 200000 files and folders.",
    )
  })

  test('a path that is longer than the system takes', async () => {
    await using source = await folder({ 'index.js': '' })
    const script = `
import os, sys
os.chdir(sys.argv[1])
for _ in range(20):
    os.mkdir('d' * 250)
    os.chdir('d' * 250)
open('file', 'w').close()`
    await run('python3', ['-c', script, source.path])
    expect(await refusal(source.path)).toMatch(
      /^The source can't be packaged: (d{250}\/)+d{250} can't be read: ENAMETOOLONG/,
    )
    await run('rm', ['-rf', source.path])
  })

  test('a path that is longer than a zip takes, which links can make of short ones', async () => {
    await using source = await folder({ 'd270/file.js': '' })
    for (let index = 0; index < 270; index += 1) {
      await mkdir(join(source.path, `d${index}`))
      await symlink(`../d${index + 1}`, join(source.path, `d${index}`, 'l'.repeat(250)))
    }
    expect(await refusal(source.path)).toMatch(/a zip can't hold a name that is so long,  d\d\/l{90,}…/)
  })
})

test('empty folders leave nothing in the zip', async () => {
  await using source = await folder({ 'index.js': '' })
  await mkdir(join(source.path, 'empty/deeper'), { recursive: true })
  expect((await pack(source.path)).files.map(({ path }) => path)).toEqual(['index.js'])
})

import { readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { deployedFiles, describeDeployed } from '../../../src/packaging/adopted/deployed-code.ts'
import { unpack } from '../../../src/packaging/adopted/unpack.ts'
import { codeDigest } from '../../../src/packaging/model/digest.ts'
import { archive } from '../../../src/packaging/zip/archive.ts'
import { temporaryFolder } from '../../cli/service.ts'
import { type ZipEntry, zipOf } from '../../sandbox/lambda/zip.ts'
import { failureOf } from '../../workflows/world.ts'

const link = 0o120777
const run = { name: 'bin/run', content: '#!/bin/sh\n', mode: 0o100755 }

async function unpacked(entries: ZipEntry[]): Promise<string> {
  const folder = await temporaryFolder()
  await unpack(await deployedFiles(zipOf(entries), 'shop:3'), folder, 'shop:3')
  return folder
}

async function pathsOf(entries: ZipEntry[]): Promise<string[]> {
  return (await deployedFiles(zipOf(entries), 'shop:3')).map(({ path }) => path)
}

test('files are described as those of a package are, whoever made the zip', async () => {
  const ours = await archive([
    { path: 'index.mjs', mode: 0o644, content: Buffer.from('export {}\n') },
    { path: 'bin/run', mode: 0o755, content: Buffer.from('#!/bin/sh\n') },
  ])
  const theirs = zipOf([
    { name: 'bin/', content: '', mode: 0o040700 },
    { ...run, mode: 0o100700 },
    { name: './index.mjs', content: 'export {}\n', mode: 0 },
  ])
  const [one, other] = [await describeDeployed(ours, 'one'), await describeDeployed(theirs, 'other')]
  expect(other).toEqual(one)
  expect(codeDigest(other)).toBe(codeDigest(one))
})

test('what is unpacked has its folders and its modes', async () => {
  const folder = await unpacked([{ name: 'lib/a.txt', content: 'a', mode: 0o100600 }, run])
  expect(await readFile(join(folder, 'lib/a.txt'), 'utf8')).toBe('a')
  expect((await stat(join(folder, 'lib/a.txt'))).mode & 0o777).toBe(0o644)
  expect((await stat(join(folder, 'bin/run'))).mode & 0o777).toBe(0o755)
})

describe('a link', () => {
  test('to a file is unpacked as that file, with its mode', async () => {
    const folder = await unpacked([run, { name: 'run', content: 'bin/run', mode: link }])
    expect((await stat(join(folder, 'run'))).mode & 0o777).toBe(0o755)
    expect(await readFile(join(folder, 'run'), 'utf8')).toBe('#!/bin/sh\n')
  })

  test('to a folder is all that the folder has, further links included', async () => {
    const entries = [
      { name: 'lib/a.txt', content: 'a' },
      { name: 'lib/b.txt', content: 'a.txt', mode: link },
      { name: 'other', content: 'lib/', mode: link },
    ]
    expect(await pathsOf(entries)).toEqual(['lib/a.txt', 'lib/b.txt', 'other/a.txt', 'other/b.txt'])
    expect(await readFile(join(await unpacked(entries), 'other/b.txt'), 'utf8')).toBe('a')
  })

  test('by way of other links is followed to where they lead', async () => {
    const entries = [
      { name: 'lib/v1/deep/a.txt', content: 'a' },
      { name: 'lib/current', content: 'v1/', mode: link },
      { name: 'lib/short', content: 'current/deep', mode: link },
      { name: 'a.txt', content: 'lib/short/../deep/a.txt', mode: link },
      { name: 'b.txt', content: 'lib/short/a.txt', mode: link },
    ]
    const files = ['lib/current/deep/a.txt', 'lib/short/a.txt', 'lib/v1/deep/a.txt']
    expect(await pathsOf(entries)).toEqual(['a.txt', 'b.txt', ...files])
    const folder = await unpacked(entries)
    for (const path of ['a.txt', 'b.txt', ...files])
      expect(await readFile(join(folder, path), 'utf8')).toBe('a')
  })

  test.each([
    ['../../etc/passwd', 'leaves the package'],
    ['/opt/lib', 'leaves the package'],
    ['nothing', 'leads nowhere'],
  ])('to %s is compared as what it is, and not unpacked', async (target, why) => {
    const entries = [run, { name: 'out', content: target, mode: link }]
    expect(await describeDeployed(zipOf(entries), 'shop:3')).toMatchObject([
      { path: 'bin/run' },
      { path: 'out', size: target.length },
    ])
    expect(await failureOf(unpacked(entries))).toMatchObject({
      code: 'PACKAGE_INVALID',
      message: `The code of shop:3 can't be read: its link out ${why}.`,
    })
  })

  test.each([
    [{ out: 'b', b: '../../etc' }],
    [{ out: 'short/../../..', short: 'lib/v1' }],
    [{ out: 'short/up/etc', 'lib/v1/up': '../../..', short: 'lib/v1' }],
    [{ out: 'absolute/passwd', absolute: '/etc' }],
  ])('that leaves the package by way of others is refused by its name: %j', async (links) => {
    const entries = Object.entries(links).map(([name, content]) => ({ name, content, mode: link }))
    const { message } = await failureOf(unpacked([{ name: 'lib/v1/a.txt', content: 'a' }, ...entries]))
    expect(message).toMatch(/^The code of shop:3 can't be read: its link \S+ leaves the package\.$/)
  })

  const circles: [string, ZipEntry[]][] = [
    [
      'to each other',
      [
        { name: 'a', content: 'b', mode: link },
        { name: 'b', content: 'a', mode: link },
      ],
    ],
    [
      'to the folder that holds them, several times',
      ['up', 'down', 'round'].map((name) => ({ name: `a/b/${name}`, content: '..', mode: link })),
    ],
  ]
  test.each(circles)('%s never ends, and is refused', async (_what, entries) => {
    expect((await failureOf(pathsOf(entries))).message).toMatch(
      /^The code of shop:3 can't be read: its link .* leads in a circle\.$/,
    )
  })
})

test('names that are UTF-8 without a mark are what they are on Unix, as control characters are', async () => {
  const names = ['a\nb', 'größe/文件.txt', 'z\\y.txt']
  expect(await pathsOf(names.map((name) => ({ name, content: '' })))).toEqual([
    'a\nb',
    'größe/文件.txt',
    'z/y.txt',
  ])
})

test.each(['../escaped', '/tmp/escaped', 'a/../../escaped', 'C:/escaped'])(
  'the name %s is refused',
  async (name) => {
    expect(await failureOf(unpacked([{ name, content: 'x' }]))).toMatchObject({ code: 'PACKAGE_INVALID' })
  },
)

test('a file that another one has as its folder, and a path that is there twice, are refused', async () => {
  const file = { name: 'a', content: 'x' }
  expect(await failureOf(unpacked([file, { name: 'a/b', content: 'x' }]))).toMatchObject({
    code: 'PACKAGE_INVALID',
  })
  expect((await failureOf(unpacked([file, { name: './a', content: 'y' }]))).message).toContain('"a" twice')
})

test('what is no zip, and a damaged one, are refused', async () => {
  const damaged = await archive([{ path: 'a', mode: 0o644, content: Buffer.from('hello '.repeat(1000)) }])
  damaged.fill(0xff, 40, 50)
  expect(await failureOf(deployedFiles(Buffer.from('no zip'), 'shop:3'))).toMatchObject({
    code: 'PACKAGE_INVALID',
  })
  expect((await failureOf(describeDeployed(damaged, 'shop:3'))).message).toContain('a is damaged')
})

test('a stored file with another byte than its CRC-32 says is refused by its name, and not unpacked', async () => {
  const zip = Buffer.from(zipOf([run, { name: 'lib/data.bin', content: 'hello' }]))
  zip.write('J', zip.indexOf('hello'))
  expect((await failureOf(describeDeployed(zip, 'shop:3'))).message).toContain('lib/data.bin is damaged')
  const folder = await temporaryFolder()
  const message = "lib/data.bin can't be written: the content does not match its CRC-32"
  expect((await failureOf(unpack(await deployedFiles(zip, 'shop:3'), folder, 'shop:3'))).message).toContain(
    message,
  )
})

test('a zip that says that it unzips to more than Lambda takes is refused before it is unpacked', async () => {
  const zip = Buffer.from(zipOf([{ name: 'a', content: 'hello' }]))
  const central = zip.lastIndexOf(Buffer.from([0x50, 0x4b, 1, 2]))
  zip.writeUInt16LE(8, central + 10)
  zip.writeUInt32LE(262_144_001, central + 24)
  expect((await failureOf(deployedFiles(zip, 'shop:3'))).message).toContain('more than 262144000 bytes')
})

import { execFile } from 'node:child_process'
import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { crc32 } from 'node:zlib'
import { describe, expect, test } from 'vitest'
import { readZip } from '../../../src/packaging/unzip/ready-zip.ts'
import { deflate } from '../../../src/packaging/zip/deflate.ts'
import { openRawZip } from '../../../src/packaging/zip/raw-zip.ts'
import { writeZip, type ZipEntry } from '../../../src/packaging/zip/write-zip.ts'
import { folder } from '../folder.ts'

function entry(path: string, content: Buffer): ZipEntry {
  return { path, mode: 0o644, ...deflate(content) }
}

async function zipOf(...entries: ZipEntry[]): Promise<Buffer> {
  return writeZip(inTwo(entries), entries)
}

async function* inTwo(entries: readonly ZipEntry[]) {
  yield entries.slice(0, entries.length >> 1)
  yield entries.slice(entries.length >> 1)
}

describe('archiver', () => {
  test('is the version whose private methods are used: look at raw-zip.ts before you change these', async () => {
    const modules = join(import.meta.dirname, '../../../node_modules')
    const versionOf = async (name: string) =>
      (JSON.parse(await readFile(join(modules, name, 'package.json'), 'utf8')) as { version: string }).version
    expect(await versionOf('archiver')).toBe('8.0.0')
    expect(await versionOf('zip-stream')).toMatch(/^7\./)
    expect(await versionOf('compress-commons')).toMatch(/^7\./)
  })

  test('writes the same bytes for what is stored as ever', async () => {
    const content = Buffer.from([7, 1, 9])
    const zip = await zipOf(entry('a.bin', content), entry('größe/ü.bin', content))
    expect(createHash('sha256').update(zip).digest('hex')).toBe(
      '8ebcd81d42ec2da99b0b5f92b9a9d5f06d6c50de13e9c49aed94b87e3cae0567',
    )
  })

  test('passes deflated data through, with sizes and checksum ahead of them', async () => {
    const content = Buffer.from('text '.repeat(100))
    const { data } = deflate(content)
    const zip = await openRawZip(10)
    const raw = {
      name: 'a.txt',
      mode: 0o644,
      date: new Date(0),
      size: 500,
      crc: crc32(content),
      deflated: true,
    }
    zip.add(Buffer.from(data), raw)
    const bytes = await zip.finish()
    const header = bytes.subarray(0, 30)
    // Needs version 2.0, no flags (a descriptor would be one), deflated.
    expect([4, 6, 8].map((at) => header.readUInt16LE(at))).toEqual([20, 0, 8])
    expect([14, 18, 22].map((at) => header.readUInt32LE(at))).toEqual([crc32(content), data.length, 500])
    expect(bytes.subarray(35, 35 + data.length).equals(data)).toBe(true)
  })
})

test('a content that deflating would make no smaller is stored', () => {
  const sizes = ['', 'a', 'ab', 'abc'.repeat(100)].map((text) => deflate(Buffer.from(text)).data.length)
  expect(sizes.slice(0, 3)).toEqual([0, 1, 2])
  expect(sizes[3]).toBeLessThan(300)
})

// From 65,536 on, the count no longer fits into a zip's old directory; 65,535 stands there for "look further".
test.each([65_535, 65_536])('a zip of %i files has them all', async (count) => {
  const empty = entry('', Buffer.alloc(0))
  const zip = await zipOf(...Array.from({ length: count }, (_, index) => ({ ...empty, path: `f${index}` })))
  await using place = await folder({ 'package.zip': zip })
  const script = 'import sys, zipfile; print(len(zipfile.ZipFile(sys.argv[1]).namelist()))'
  const { stdout } = await promisify(execFile)('python3', ['-c', script, join(place.path, 'package.zip')])
  expect(Number(stdout)).toBe(count)
  const { fromBufferPromise } = await import('yauzl')
  expect((await fromBufferPromise(zip)).entryCount).toBe(count)
})

test('a block of writes ends where it may, whatever the sizes', async () => {
  const sizes = [0, 1, 262_000, 262_143, 262_144, 262_145, 600_000, 5]
  // Of one byte each, but stored.
  const entries = sizes.map((size, index): ZipEntry => {
    const content = Buffer.alloc(size, index)
    return { ...entry(`${index}`, content), data: content }
  })
  const zip = await zipOf(...entries)
  const { files } = await readZip(zip, 'package.zip')
  expect(files.map(({ sha256 }) => sha256)).toEqual(entries.map(({ sha256 }) => sha256))
})

import { chmod, utimes } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import type { PackagingProgress } from '../../../src/packaging/model/types.ts'
import { selectFiles } from '../../../src/packaging/select/select-files.ts'
import { archive } from '../../../src/packaging/zip/archive.ts'
import { zipFiles } from '../../../src/packaging/zip/zip-files.ts'
import { folder } from '../folder.ts'

/** So many files, some of them large, that workers pack them. */
const many = Object.fromEntries(
  Array.from({ length: 1200 }, (_, index) => {
    const text = `line ${index}\n`.repeat(index % 100 === 0 ? 20_000 : index % 50)
    return [`package-${index % 30}/file-${index}.js`, text]
  }),
)

test('workers make the very zip that is made without them, wherever and whenever the folder was made', async () => {
  await using one = await folder(many)
  await using two = await folder(Object.fromEntries(Object.entries(many).toReversed()))
  for (const name of Object.keys(many).slice(0, 100)) {
    await utimes(join(two.path, name), 1e9, 1e9)
    await chmod(join(two.path, name), 0o600)
  }
  const first = await zipFiles(selectFiles(one.path).files)
  const second = await zipFiles(selectFiles(two.path).files)
  expect(second.files).toEqual(first.files)
  expect(second.zip.equals(first.zip)).toBe(true)
  const entries = Object.entries(many).map(([path, text]) => {
    return { path, mode: 0o644, content: Buffer.from(text) } as const
  })
  expect((await archive(entries)).equals(first.zip)).toBe(true)
})

test('progress counts up to all files and bytes', async () => {
  await using source = await folder(many)
  const { files } = selectFiles(source.path)
  const told: PackagingProgress[] = []
  await zipFiles(files, (progress) => told.push(progress))
  const totalBytes = files.reduce((sum, { size }) => sum + size, 0)
  expect(told.length).toBeGreaterThan(2)
  expect(told).toEqual(told.toSorted((a, b) => a.files - b.files))
  expect(told.at(-1)).toEqual({ files: 1200, totalFiles: 1200, bytes: totalBytes, totalBytes })
})

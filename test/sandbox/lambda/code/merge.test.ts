import { lstat, mkdir, mkdtemp, readFile, readlink, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { merge, sizeOf } from '../../../../src/sandbox/lambda/code/merge.ts'

type Kind = 'file' | 'directory' | 'link'

async function write(path: string, kind: Kind): Promise<void> {
  if (kind === 'directory') {
    await mkdir(path)
    await writeFile(join(path, 'content'), 'directory')
  } else if (kind === 'link') await symlink('../beside', path)
  else await writeFile(path, 'file')
}

/** The kind of an entry as it was written. */
async function read(path: string): Promise<string> {
  const found = await lstat(path)
  if (found.isSymbolicLink()) return (await readlink(path)) === '../beside' ? 'link' : 'another link'
  return found.isFile() ? readFile(path, 'utf8') : readFile(join(path, 'content'), 'utf8')
}

test.each<[Kind, Kind]>([
  ['file', 'link'],
  ['file', 'directory'],
  ['directory', 'link'],
  ['directory', 'file'],
  ['link', 'file'],
  ['link', 'directory'],
  ['link', 'link'],
])("a later layer's entry covers an earlier one of another kind: %s, then %s", async (before, after) => {
  const directory = await mkdtemp(join(tmpdir(), 'lambdactl-test-'))
  onTestFinished(() => rm(directory, { recursive: true }))
  for (const [part, kind] of [
    ['one', before],
    ['two', after],
  ] as const) {
    await mkdir(join(directory, part, 'lib', 'beside'), { recursive: true })
    await mkdir(join(directory, part, 'lib', 'deep'))
    await writeFile(join(directory, part, 'lib', 'beside', part), part)
    await write(join(directory, part, 'lib', 'deep', 'entry'), kind)
  }
  const merged = join(directory, await merge(directory, ['one', 'two']), 'lib')
  expect(await read(join(merged, 'deep', 'entry'))).toBe(after)
  expect(await readFile(join(merged, 'beside', 'one'), 'utf8')).toBe('one')
  expect(await readFile(join(merged, 'beside', 'two'), 'utf8')).toBe('two')
})

test('a link to a folder adds nothing to the size of a package', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'lambdactl-test-'))
  onTestFinished(() => rm(folder, { recursive: true }))
  await mkdir(join(folder, 'lib'))
  await writeFile(join(folder, 'lib', 'file'), 'four')
  await symlink('.', join(folder, 'lib', 'again'))
  expect(await sizeOf(folder)).toBe(4)
})

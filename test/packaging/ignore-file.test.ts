import { execFile } from 'node:child_process'
import { mkdir, rm, symlink } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { describe, expect, test } from 'vitest'
import { selectFiles } from '../../src/packaging/select/select-files.ts'
import { folder } from './folder.ts'

const run = promisify(execFile)

async function selected(rules: string | Buffer): Promise<string[]> {
  await using source = await folder({ 'a.txt': '', 'b.txt': '', 'c/a.txt': '', '.lambdactlignore': rules })
  return selectFiles(source.path).files.map(({ path }) => path)
}

describe('.lambdactlignore holds', () => {
  test.each([
    ['with lines as Windows ends them', 'a.txt\r\n!/c/a.txt\r\n', ['b.txt', 'c/a.txt']],
    ['with a mark of UTF-8 before the first rule', '\uFEFF/a.txt\nb.txt', ['c/a.txt']],
    ['with comments, empty lines and blanks', '# a\n\n   \n\\#x\na.txt  \n', ['b.txt']],
    ['with a later rule before an earlier one', '*.txt\n!b.txt\n', ['b.txt']],
    ['without what a folder that is left out has', 'c/\n!c/a.txt\n', ['a.txt', 'b.txt']],
    ['of a size of nothing', '', ['a.txt', 'b.txt', 'c/a.txt']],
  ])('%s', async (_how, rules, paths) => {
    expect(await selected(rules)).toEqual(paths)
  })

  test.each(['[', '[z-a]', '\\', '!', '!!', '(', '*{', '?+', '//', '[[:alpha:', '\\\\\\', '{a,b', '^$.|'])(
    'beside a line that means nothing: %s',
    async (line) => {
      expect(await selected(`${line}\na.txt\n`)).toEqual(['b.txt'])
    },
  )
})

describe('.lambdactlignore is refused, and never taken for none, where it is', () => {
  test.each<[string, (file: string) => Promise<unknown>, string]>([
    ['a link that leads nowhere', (file) => symlink('nowhere', file), 'ENOENT'],
    ['a folder', (file) => mkdir(file), 'it is not a file'],
    ['a FIFO, which would block', (file) => run('mkfifo', [file]), 'it is not a file'],
    ['a device, which has no end', (file) => symlink('/dev/zero', file), 'it is not a file'],
  ])('%s', async (_what, make, why) => {
    await using source = await folder({ 'a.txt': '' })
    await make(join(source.path, '.lambdactlignore'))
    expect(() => selectFiles(source.path)).toThrow(`.lambdactlignore can't be read: ${why}`)
    await rm(join(source.path, '.lambdactlignore'), { recursive: true })
    expect(selectFiles(source.path).files).toHaveLength(1)
  })

  test('UTF-16, as some shells on Windows write it', async () => {
    await expect(selected(Buffer.from('\uFEFFa.txt\n', 'utf16le'))).rejects.toThrow(
      ".lambdactlignore can't be read: it is not UTF-8",
    )
  })
})

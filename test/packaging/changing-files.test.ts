import { execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { appendFile, link, mkdir, rename, rm, symlink, truncate, utimes, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { describe, expect, test } from 'vitest'
import { selectFiles } from '../../src/packaging/select/select-files.ts'
import { readZip } from '../../src/packaging/unzip/ready-zip.ts'
import { zipFiles } from '../../src/packaging/zip/zip-files.ts'
import { folder } from './folder.ts'

const many = Object.fromEntries(Array.from({ length: 1000 }, (_, index) => [`lib/${index}.js`, 'x']))
const changes: [string, (file: string) => Promise<unknown>, string][] = [
  ['grew', (file) => appendFile(file, 'more'), 'it was changed while it was packaged'],
  ['shrank', (file) => truncate(file, 3), 'it was changed while it was packaged'],
  ['was emptied', (file) => truncate(file, 0), 'it was changed while it was packaged'],
  ['was written again', (file) => writeFile(file, 'CONTENT'), 'it was changed while it was packaged'],
  ['was written again with its time put back', putBack, 'it was changed while it was packaged'],
  ['was replaced by another', replace, 'it was changed while it was packaged'],
  ['vanished', (file) => rm(file), 'ENOENT'],
  ['became a folder', (file) => rm(file).then(() => mkdir(file)), 'E(ISDIR|INVAL)'],
  ['became a link that leads nowhere', (file) => rm(file).then(() => symlink('nowhere', file)), 'ENOENT'],
  ['became a FIFO', (file) => rm(file).then(() => run('mkfifo', [file])), 'it was changed while'],
]
const run = promisify(execFile)

describe.each([
  ['packed at once', {}, changes],
  // Workers read by the same code: a few do.
  ['packed by workers', many, changes.filter(([what]) => /grew|vanished|FIFO/.test(what))],
])(
  'of a folder that is %s, a file is refused by name when, since it was selected, it',
  (_how, more, some) => {
    test.each(some)('%s', async (_what, change, reason) => {
      await using source = await folder({ 'a.js': 'a', 'middle.js': 'content', 'z.js': 'z', ...more })
      const { files } = selectFiles(source.path)
      await change(join(source.path, 'middle.js'))
      const failure: unknown = await zipFiles(files).catch((error: unknown) => error)
      expect(failure).toMatchObject({ code: 'PACKAGE_INVALID' })
      expect((failure as Error).message).toMatch(
        new RegExp(`^The source can't be packaged: middle\\.js can't be read: .*${reason}`),
      )
    })
  },
)

test('a file that is written to all the time is packed as it was at one moment, or refused', async () => {
  await using source = await folder({ 'app.log': '' })
  const file = join(source.path, 'app.log')
  const script = `
    const { appendFileSync } = require('node:fs')
    for (let line = 0; ; line += 1) appendFileSync(process.argv[1], String(line).padStart(99) + '\\n')`
  const writer = spawn(process.execPath, ['-e', script, file], { stdio: 'ignore' })
  try {
    const outcomes = await Promise.all(Array.from({ length: 50 }, () => attempt(source.path)))
    for (const outcome of outcomes) expect(outcome).toMatch(/^whole$|^The source can't be packaged: app\.log/)
  } finally {
    writer.kill('SIGKILL')
    await once(writer, 'close')
  }
})

/** Whether the zip has whole lines in their order, or why there is none. */
async function attempt(source: string): Promise<string> {
  try {
    const { zip } = await zipFiles(selectFiles(source).files)
    const text = String(await (await readZip(zip, 'package.zip')).read('app.log'))
    const lines = text.split('\n').slice(0, -1)
    return lines.every((line, index) => Number(line) === index) ? 'whole' : text
  } catch (error) {
    return (error as Error).message
  }
}

async function putBack(file: string): Promise<void> {
  await writeFile(file, 'CONTENT')
  await utimes(file, 1e9, 1e9)
}

async function replace(file: string): Promise<void> {
  await writeFile(`${file}.new`, 'content')
  await link(`${file}.new`, `${file}.same`)
  await rename(`${file}.new`, file)
}

import { execFileSync } from 'node:child_process'
import { readFile, symlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { writeReport } from '../../../src/workflows/report/write-report.ts'
import { temporaryFolder } from '../../cli/service.ts'

const mark = 'A report'
const text = `<!-- ${mark} -->`

test('a report is written into a new file, an empty one as mktemp makes it, and over an earlier report', async () => {
  const folder = await temporaryFolder()
  const file = join(folder, 'report.html')
  await writeReport(file, text, mark)
  expect(await readFile(file, 'utf8')).toBe(text)
  await writeReport(file, `${text} again`, mark)
  expect(await readFile(file, 'utf8')).toBe(`${text} again`)
  await writeFile(file, '')
  await writeReport(file, text, mark)
  expect(await readFile(file, 'utf8')).toBe(text)
})

test('another file stays, also behind a link', async () => {
  const folder = await temporaryFolder()
  const [file, link] = [join(folder, 'page.html'), join(folder, 'report.html')]
  await writeFile(file, 'my page')
  await symlink(file, link)
  for (const path of [file, link])
    await expect(writeReport(path, text, mark)).rejects.toThrow('is not a report, so it was not replaced')
  expect(await readFile(file, 'utf8')).toBe('my page')
})

test('a pipe and a folder are refused at once', async () => {
  const folder = await temporaryFolder()
  const pipe = join(folder, 'pipe')
  execFileSync('mkfifo', [pipe])
  for (const path of [pipe, folder])
    await expect(writeReport(path, text, mark)).rejects.toThrow('is no file, so it was not replaced')
})

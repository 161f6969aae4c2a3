import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { ciFiles } from '../../../src/workflows/adoption/ci-files.ts'
import { temporaryFolder, writeFiles } from '../../cli/service.ts'

test('a checkout with line ends of Windows is the same, and another text is not', async () => {
  const root = await temporaryFolder()
  const templatesDirectory = join(root, 'templates')
  await writeFiles(root, {
    'templates/github/release.yml': 'name: __prod__\non: push\n',
    '.github/workflows/release.yml': 'name: live\r\non: push\r\n',
  })
  const options = { templatesDirectory, system: 'github', root, values: { prod: 'live' } } as const
  expect(await ciFiles(options)).toMatchObject([{ path: '.github/workflows/release.yml', is: 'same' }])
  const file = join(root, '.github/workflows/release.yml')
  await writeFile(file, `${await readFile(file, 'utf8')}# mine\r\n`)
  expect(await ciFiles(options)).toMatchObject([{ is: 'different' }])
})

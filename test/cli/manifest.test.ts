import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { commandPages } from '../../scripts/command-pages.ts'
import { manifestText } from '../../scripts/manifest.ts'

const root = join(import.meta.dirname, '../..')

test('the committed manifest is the one that the built commands give', async () => {
  expect(readFileSync(join(root, 'oclif.manifest.json'), 'utf8')).toBe(await manifestText(root))
})

test('the manifest is the same on every machine: no path of this one', async () => {
  expect(await manifestText(root)).not.toContain(root)
})

test('the pages of commands are those that the manifest gives, and no others', async () => {
  const folder = join(root, 'docs', 'commands')
  const pages = commandPages(await manifestText(root))
  const kept = globSync('*', { cwd: folder }).map((name) => [name, readFileSync(join(folder, name), 'utf8')])
  expect(Object.fromEntries(kept)).toEqual(Object.fromEntries(pages))
})

import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { manifestText } from '../../scripts/manifest.ts'

const root = join(import.meta.dirname, '../..')

test('the committed manifest is the one that the built commands give', async () => {
  expect(readFileSync(join(root, 'oclif.manifest.json'), 'utf8')).toBe(await manifestText(root))
})

test('the manifest is the same on every machine: no path of this one', async () => {
  expect(await manifestText(root)).not.toContain(root)
})

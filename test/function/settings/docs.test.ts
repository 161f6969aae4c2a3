import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { withSettingsTables } from '../../../scripts/settings-tables.ts'

const docs = readFileSync(join(import.meta.dirname, '../../../docs/configuration.md'), 'utf8')

test('the docs have the settings as their rows have them: npm run generate writes them', () => {
  expect(withSettingsTables(docs)).toBe(docs)
})

import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { withJsonTables } from '../../../scripts/json-tables.ts'
import { commandSchemas } from '../../../scripts/schemas/command-schemas.ts'

const root = join(import.meta.dirname, '../../..')

test('the committed schemas of documents and events, and the tables of them, are those of the types', () => {
  const folder = join(root, 'schemas')
  const committed = globSync('{documents,events}/*.json', { cwd: folder }).map(
    (path) => [path, readFileSync(join(folder, path), 'utf8')] as const,
  )
  const schemas = commandSchemas(root)
  expect(Object.fromEntries(committed)).toEqual(schemas)
  const page = readFileSync(join(root, 'docs/json.md'), 'utf8')
  expect(page).toBe(withJsonTables(page, schemas))
})

import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { commandSchemas } from '../../../scripts/schemas/command-schemas.ts'

const root = join(import.meta.dirname, '../../..')

test('the committed schemas of documents and events are those of the types', () => {
  const folder = join(root, 'schemas')
  const committed = globSync('{documents,events}/*.json', { cwd: folder }).map(
    (path) => [path, readFileSync(join(folder, path), 'utf8')] as const,
  )
  expect(Object.fromEntries(committed)).toEqual(commandSchemas(root))
})

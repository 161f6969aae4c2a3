/** Writes the committed files that are made from the code; tests fail while one of them is stale. Needs a build. */
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { configSchemaText } from '../src/config/schema/json-schema.ts'
import { withJsonTables } from './json-tables.ts'
import { manifestText } from './manifest.ts'
import { withPermissionsTable } from './permissions-table.ts'
import { commandSchemas } from './schemas/command-schemas.ts'
import { withSettingsTables } from './settings-tables.ts'

const root = join(import.meta.dirname, '..')
writeFileSync(join(root, 'oclif.manifest.json'), await manifestText(root))
writeFileSync(join(root, 'schemas', 'lambdactl.schema.json'), configSchemaText())
const schemas = commandSchemas(root)
writeSchemas()
renew('json.md', (text) => withJsonTables(text, schemas))
renew('configuration.md', withSettingsTables)
renew('permissions.md', withPermissionsTable)

function renew(page: string, written: (text: string) => string): void {
  const path = join(root, 'docs', page)
  writeFileSync(path, written(readFileSync(path, 'utf8')))
}

/** The schemas of a command that is gone go too. */
function writeSchemas(): void {
  const folder = join(root, 'schemas')
  for (const each of ['documents', 'events']) rmSync(join(folder, each), { recursive: true, force: true })
  for (const [path, text] of Object.entries(schemas)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true })
    writeFileSync(join(folder, path), text)
  }
}

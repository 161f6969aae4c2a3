/** Writes the committed files that are made from the code; tests fail while one of them is stale. Needs a build. */
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { configSchemaText } from '../src/config/schema/json-schema.ts'
import { commandPages } from './command-pages.ts'
import { withJsonTables } from './json-tables.ts'
import { manifestText } from './manifest.ts'
import { withPermissionsTable } from './permissions-table.ts'
import { commandSchemas } from './schemas/command-schemas.ts'
import { withSettingsTables } from './settings-tables.ts'

const root = join(import.meta.dirname, '..')
const manifest = await manifestText(root)
writeFileSync(join(root, 'oclif.manifest.json'), manifest)
writeFileSync(join(root, 'schemas', 'lambdactl.schema.json'), configSchemaText())
const schemas = commandSchemas(root)
writeSchemas()
renew('json.md', (text) => withJsonTables(text, schemas))
writeAll(join(root, 'docs', 'commands'), commandPages(manifest))
renew('configuration.md', withSettingsTables)
renew('permissions.md', withPermissionsTable)

function renew(page: string, written: (text: string) => string): void {
  const path = join(root, 'docs', page)
  writeFileSync(path, written(readFileSync(path, 'utf8')))
}

/** The pages of a command that is gone go too. */
function writeAll(folder: string, pages: ReadonlyMap<string, string>): void {
  rmSync(folder, { recursive: true, force: true })
  mkdirSync(folder)
  for (const [name, text] of pages) writeFileSync(join(folder, name), text)
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

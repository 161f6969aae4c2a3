/** Writes the committed files that are made from the code; tests fail while one of them is stale. Needs a build. */
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { configSchemaText } from '../src/config/schema/json-schema.ts'
import { manifestText } from './manifest.ts'
import { withPermissionsTable } from './permissions-table.ts'
import { withSettingsTables } from './settings-tables.ts'

const root = join(import.meta.dirname, '..')
writeFileSync(join(root, 'oclif.manifest.json'), await manifestText(root))
writeFileSync(join(root, 'schemas', 'lambdactl.schema.json'), configSchemaText())
renew('configuration.md', withSettingsTables)
renew('permissions.md', withPermissionsTable)

function renew(page: string, written: (text: string) => string): void {
  const path = join(root, 'docs', page)
  writeFileSync(path, written(readFileSync(path, 'utf8')))
}

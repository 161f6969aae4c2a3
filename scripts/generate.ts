/** Writes the committed files that are made from the code; tests fail while one of them is stale. Needs a build. */
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { configJsonSchema } from '../src/config/json-schema.ts'
import { manifestText } from './manifest.ts'

const root = join(import.meta.dirname, '..')
writeFileSync(join(root, 'oclif.manifest.json'), await manifestText(root))
const schema = `${JSON.stringify(configJsonSchema(), undefined, 2)}\n`
writeFileSync(join(root, 'schemas', 'lambdactl.schema.json'), schema)

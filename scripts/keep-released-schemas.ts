/**
 * Keeps the schemas of this release, which the tests compare all later ones with. `npm version` runs it, after it has
 * written the new version into package.json.
 */
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { currentSchemas, releasedFile } from './schemas/released.ts'

const { release, schemas } = currentSchemas(join(import.meta.dirname, '..'))
// A line for each schema shows in a diff which ones changed.
const lines = Object.entries(schemas).map(
  ([path, schema]) => `${JSON.stringify(path)}: ${JSON.stringify(schema)}`,
)
writeFileSync(
  releasedFile,
  `{"release": ${JSON.stringify(release)}, "schemas": {\n${lines.join(',\n')}\n}}\n`,
)

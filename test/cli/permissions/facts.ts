import { join } from 'node:path'
import { loadConfig } from '../../../src/config/load.ts'
import { resolveFunction } from '../../../src/config/resolve.ts'
import { referencesOf } from '../../../src/config/service/collect-references.ts'
import { locateEnvironment } from '../../../src/config/service/locate.ts'
import { placedFunction } from '../../../src/config/service/placed-function.ts'
import { nothingRead, unread } from '../../../src/config/values/references.ts'
import type { Permitted } from '../../../src/operation/permissions/facts.ts'
import { permittedOf } from '../../../src/workflows/permissions/permitted.ts'
import { saidFields } from '../../../src/workflows/permissions/said-fields.ts'

/** The facts about all functions of a file, as `iam policy` gathers them. */
export async function factsOf(folder: string, environment: string): Promise<Permitted[]> {
  const config = await loadConfig(join(folder, 'lambdactl.yaml'))
  const sources = { variables: {}, readReference: nothingRead }
  return locateEnvironment(config, environment, {}).functions.map(({ name }) =>
    permittedOf({
      fn: resolveFunction(config, environment, name, sources),
      fields: saidFields(placedFunction(config, environment, name, { variables: {} }).fields),
      references: referencesOf(config, environment, [name], {}),
      unread,
    }),
  )
}

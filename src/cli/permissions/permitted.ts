import { resolveFunction } from '../../config/resolve.ts'
import { referencesOf } from '../../config/service/collect-references.ts'
import type { Config } from '../../config/service/config.ts'
import { placedFunction } from '../../config/service/placed-function.ts'
import { nothingRead, unread } from '../../config/values/references.ts'
import { type Permitted, permittedOf, saidFields } from '../../workflows/permissions/iam-policy.ts'

/**
 * The facts of the file about a function that a policy needs.
 *
 * @param environment as the file names it
 * @throws LambdactlError CONFIG_INVALID for a value that can't be replaced
 */
export function permitted(config: Config, environment: string, name: string): Permitted {
  const variables = process.env
  return permittedOf({
    fn: resolveFunction(config, environment, name, { variables, readReference: nothingRead }),
    fields: saidFields(placedFunction(config, environment, name, { variables }).fields),
    references: referencesOf(config, environment, [name]),
    unread,
  })
}

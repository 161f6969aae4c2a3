import { addFunction } from './adopt/add-function.ts'
import type { Adoptee, AdoptingService } from './adopt/adoptee.ts'
import { type Naming, namingOf } from './adopt/naming.ts'
import { requireNew, requireSamePlace, requireUntouched } from './adopt/refusals.ts'
import { parseConfig } from './parse.ts'
import { own } from './service/own.ts'

/** A file to write. */
export interface AdoptedConfig {
  /** The function's name in the file. */
  name: string
  text: string
}

/**
 * The text of `lambdactl.yaml` with the function.
 *
 * @throws LambdactlError PATH_TAKEN if the file has the function already, USAGE if the function is in another Region or
 * account than the environment, CONFIG_INVALID for settings that the file can't express
 */
export function adoptInto(service: AdoptingService, adoptee: Adoptee): AdoptedConfig {
  const { existing, environment, endpoint } = service
  const naming = namingOf(service, adoptee.lambdaName)
  const { name } = naming
  const { fields, override } = fieldsOf(service, adoptee, naming)
  if (existing) {
    const shared = own(existing.config.environments, environment)
    if (shared) requireSamePlace(environment, shared, adoptee)
    requireNew(existing.config, name, environment)
    requireUntouched(existing.config, fields, name)
  }
  const { region, account, alias, role } = adoptee
  const place = { region, ...(endpoint !== undefined && { endpoint }), account, alias, role }
  const added = { service: naming.service, name, fields, override, environment, environmentFields: place }
  const text = addFunction(existing?.text, added)
  parseConfig(text, { path: service.path, shownAs: `${service.shownAs}, as init would write it` })
  return { name, text }
}

/** The function's fields in the file, and those of them that hold in its environment alone. */
function fieldsOf(
  { existing, environment }: AdoptingService,
  { arn, role, isZip, fields }: Adoptee,
  { name, field, isLiteral }: Naming,
): { fields: Readonly<Record<string, unknown>>; override: Naming['field'] } {
  const { defaults, environments = {} } = existing?.config ?? {}
  const shared = own(environments, environment)
  const source = fields['image'] === undefined ? { source: `functions/${name}${isZip ? '.zip' : ''}` } : {}
  // A literal name would mean another function in other environments.
  const isOverride = isLiteral && Object.keys(environments).some((each) => each !== environment)
  return {
    fields: {
      ...source,
      ...fields,
      ...(arn !== undefined && { adopted: arn }),
      ...(!isOverride && field),
      ...(shared && (defaults?.role ?? shared.role) !== role && { role }),
    },
    override: isOverride ? field : {},
  }
}

import type { Config } from '../service/config.ts'
import { managedIn } from '../service/managed.ts'
import { own } from '../service/own.ts'
import type { FunctionToAdd } from './add-functions.ts'
import type { Adoptee, AdoptingService } from './adoptee.ts'
import type { Naming } from './naming.ts'

/**
 * The function's fields in the file, and those of them that hold in its environment alone.
 *
 * @param config the file with the environment
 */
export function fieldsOf(
  { existing, environment }: AdoptingService,
  config: Config,
  adoptee: Adoptee,
  { name, field, isLiteral }: Naming,
): { fields: Readonly<Record<string, unknown>>; override: FunctionToAdd['override'] } {
  const { manages = 'function', build } = adoptee
  const environments = Object.keys(existing?.config.environments ?? {})
  // A literal name would mean another function in other environments.
  const isOverride = isLiteral && environments.some((each) => each !== environment)
  const source = sourceOf(adoptee, name)
  const settings =
    manages === 'code' ? packageFields(adoptee.fields) : ownFields(config, environment, adoptee)
  const said = managedIn(config, environment, name) === manages ? {} : { manages }
  // Else the other environments would ask for the settings of a function that is lambdactl's as a whole.
  const isOthers = environments.some(
    (each) => each !== environment && managedIn(config, each, name) !== manages,
  )
  const saidForAll = manages === 'code' && isOthers ? { manages } : {}
  // Only there does it win over the environment's.
  const isSaidHere = own(config.environments, environment)?.manages !== undefined
  return {
    fields: {
      ...(!isOverride && manages === 'code' && field),
      ...(source !== undefined && { source }),
      ...settings,
      ...(build !== undefined && { build }),
      ...(!isOverride && manages === 'function' && field),
      ...(isSaidHere ? saidForAll : { ...said, ...saidForAll }),
    },
    override: { ...(isOverride && field), ...(isSaidHere && said) },
  }
}

function sourceOf({ source, manages, isZip, fields }: Adoptee, name: string): string | undefined {
  if (source !== undefined || manages === 'code' || fields['image'] !== undefined) return source
  return `functions/${name}${isZip ? '.zip' : ''}`
}

/** Everything else belongs to the tool that makes the function. */
export function packageFields(fields: Adoptee['fields']): Record<string, unknown> {
  const ofPackage = ['bundle', 'include', 'requirements']
  return Object.fromEntries(Object.entries(fields).filter(([key]) => ofPackage.includes(key)))
}

function ownFields({ defaults, environments }: Config, environment: string, { arn, role, fields }: Adoptee) {
  const shared = own(environments, environment)
  return {
    ...fields,
    ...(arn !== undefined && { adopted: arn }),
    ...((defaults?.role ?? shared?.role) !== role && { role }),
  }
}

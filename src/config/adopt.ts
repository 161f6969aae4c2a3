import { addFunctions, type FunctionToAdd } from './adopt/add-functions.ts'
import type { Adoptee, AdoptingService } from './adopt/adoptee.ts'
import { fieldsOf } from './adopt/fields-of.ts'
import { type Naming, namingOf, serviceOf } from './adopt/naming.ts'
import { requireNew, requireSamePlace, requireUntouched } from './adopt/refusals.ts'
import { sourceHere } from './adopt/source-here.ts'
import { parseConfig } from './parse.ts'
import type { Config } from './service/config.ts'
import { locateEnvironment } from './service/locate.ts'
import { managedIn } from './service/managed.ts'
import { own } from './service/own.ts'

/** A function in the file to write. */
interface AdoptedName {
  /** In the file. */
  name: string
  /** Whether the file had it already, in this environment. */
  isKnown: boolean
}

/** A file to write. */
export interface AdoptedConfig {
  /** Of each function, in their order. */
  names: AdoptedName[]
  text: string
}

/**
 * The text of `lambdactl.yaml` with more functions.
 *
 * @throws LambdactlError PATH_TAKEN if the file has a function already, USAGE if one is in another Region or account
 * than the environment, CONFIG_INVALID for settings that the file can't express
 */
export function adoptInto(service: AdoptingService, adoptees: readonly Adoptee[]): AdoptedConfig {
  const { existing, environment } = service
  const shared = own(existing?.config.environments ?? {}, environment)
  if (shared) for (const adoptee of adoptees) requireSamePlace(environment, shared, adoptee)
  const place = {
    service: serviceOf(service, adoptees),
    environment,
    environmentFields: environmentOf(service, adoptees),
  }
  const parse = (text: string) =>
    parseConfig(text, { path: service.path, shownAs: `${service.shownAs}, as init would write it` })
  // With the environment alone, the names tell which functions the file has there.
  const config = parse(addFunctions(existing?.text, place, []))
  const known = new Map(
    locateEnvironment(config, environment).functions.map(({ name, lambdaName }) => [lambdaName, name]),
  )
  const taken = new Set<string>()
  const names: AdoptedName[] = []
  const added: FunctionToAdd[] = []
  for (const adoptee of adoptees) {
    const naming = freeNaming(namingOf(adoptee, place.service, environment), adoptee, taken)
    const { name } = naming
    const there = service.skipsKnown ? known.get(adoptee.lambdaName) : undefined
    names.push({ name: there ?? name, isKnown: there !== undefined })
    if (there !== undefined) {
      const override = isNewHere(service) ? sourceHere(config, environment, there, adoptee) : {}
      if (Object.keys(override).length > 0) added.push({ name: there, fields: undefined, override })
      continue
    }
    taken.add(name)
    const hereOnly = () => ({
      name: adoptee.lambdaName,
      ...sourceHere(config, environment, name, adoptee),
    })
    added.push(
      isElsewhere(service, config, adoptee, name)
        ? { name, fields: undefined, override: hereOnly() }
        : { name, ...fieldsIn(service, config, adoptee, naming) },
    )
  }
  if (existing && shared && added.length === 0) return { names, text: existing.text }
  const text = addFunctions(existing?.text, place, added)
  parse(text)
  return { names, text }
}

/** Two functions of a stack may differ in what their names leave out. */
function freeNaming(naming: Naming, { lambdaName, as }: Adoptee, taken: ReadonlySet<string>): Naming {
  if (!taken.has(naming.name) || as !== undefined) return naming
  // The name in Lambda followed from the name that is taken.
  const { name = lambdaName } = naming.field
  return {
    name: lambdaName,
    field: { name },
    isLiteral: naming.isLiteral || naming.field.name === undefined,
  }
}

/** Tells whether the file has the function of another environment by that name: name and source alone differ here. */
function isElsewhere(service: AdoptingService, config: Config, { manages }: Adoptee, name: string): boolean {
  const isThere = own(config.functions, name) !== undefined
  return (
    service.skipsKnown === true &&
    isThere &&
    isNewHere(service) &&
    manages === 'code' &&
    managedIn(config, service.environment, name) === 'code'
  )
}

/** Tells whether the file is there, without the environment. */
function isNewHere({ existing, environment }: AdoptingService): boolean {
  return existing !== undefined && own(existing.config.environments, environment) === undefined
}

function fieldsIn(
  service: AdoptingService,
  config: Config,
  adoptee: Adoptee,
  naming: Naming,
): Omit<FunctionToAdd, 'name'> {
  const { fields, override } = fieldsOf(service, config, adoptee, naming)
  if (service.existing) {
    requireNew(service.existing.config, naming.name, service.environment)
    requireUntouched(service.existing.config, fields, { name: naming.name, manages: adoptee.manages })
  }
  return { fields, override }
}

/** The fields of a new environment. */
function environmentOf({ endpoint }: AdoptingService, adoptees: readonly Adoptee[]): Record<string, unknown> {
  const [first] = adoptees
  const role = adoptees.find(({ manages }) => manages !== 'code')?.role
  return {
    region: first?.region,
    ...(endpoint !== undefined && { endpoint }),
    account: first?.account,
    alias: first?.alias,
    ...(role === undefined ? { manages: 'code' } : { role }),
  }
}

import type { Config } from '../service/config.ts'
import { locateEnvironment } from '../service/locate.ts'
import { managedIn } from '../service/managed.ts'
import { own } from '../service/own.ts'
import type { FunctionToAdd } from './add-functions.ts'
import type { Adoptee, AdoptingService } from './adoptee.ts'
import { fieldsOf } from './fields-of.ts'
import { type Naming, namingOf } from './naming.ts'
import { requireNew, requireNotOwnElsewhere, requireUntouched } from './refusals.ts'
import { sourceHere } from './source-here.ts'

/** A function's place in the file. */
interface Entry {
  /** Its name in the file. */
  name: string
  /** Whether the file had it already, in this environment. */
  isKnown: boolean
  /** Everything to write for it; undefined for nothing. */
  added: FunctionToAdd | undefined
}

/**
 * Finds the place of each function in the file, in their order.
 *
 * @param config the file with the environment
 * @throws LambdactlError PATH_TAKEN, USAGE
 */
export function entriesFor(service: AdoptingService, config: Config, adoptees: readonly Adoptee[]): Entry[] {
  const { functions } = locateEnvironment(config, service.environment)
  const known = new Map(functions.map(({ name, lambdaName }) => [lambdaName, name]))
  const taken = new Set<string>()
  return adoptees.map((adoptee) => {
    const there = service.skipsKnown ? known.get(adoptee.lambdaName) : undefined
    if (there !== undefined)
      return { name: there, isKnown: true, added: knownEntry(service, config, there, adoptee) }
    const naming = freeNaming(namingOf(adoptee, config.service, service.environment), adoptee, taken)
    taken.add(naming.name)
    return { name: naming.name, isKnown: false, added: newEntry(service, config, adoptee, naming) }
  })
}

/** In a new environment the function may have a source of its own. */
function knownEntry(
  service: AdoptingService,
  config: Config,
  name: string,
  adoptee: Adoptee,
): FunctionToAdd | undefined {
  const override = isNewHere(service) ? sourceHere(config, service.environment, name, adoptee) : {}
  return Object.keys(override).length > 0 ? { name, fields: undefined, override } : undefined
}

function newEntry(service: AdoptingService, config: Config, adoptee: Adoptee, naming: Naming): FunctionToAdd {
  const { name } = naming
  if (isElsewhere(service, config, adoptee, name)) {
    const source = sourceHere(config, service.environment, name, adoptee)
    return { name, fields: undefined, override: { name: adoptee.lambdaName, ...source } }
  }
  const { fields, override } = fieldsOf(service, config, adoptee, naming)
  if (service.existing) {
    requireNew(service.existing.config, name, service.environment, adoptee.lambdaName)
    requireUntouched(service.existing.config, fields, { name, manages: adoptee.manages })
    requireNotOwnElsewhere(service.existing.config, service.environment, { name, manages: adoptee.manages })
  }
  return { name, fields, override }
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

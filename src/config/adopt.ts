import { addFunctions } from './adopt/add-functions.ts'
import type { Adoptee, AdoptingService } from './adopt/adoptee.ts'
import { entriesFor } from './adopt/entries.ts'
import { environmentFor } from './adopt/environment.ts'
import { serviceOf } from './adopt/naming.ts'
import { requireOthersAsTheyWere, requireSamePlace } from './adopt/refusals.ts'
import { parseConfig } from './parse.ts'
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
  const environmentFields = environmentFor(service, adoptees)
  const place = { service: serviceOf(service, adoptees), environment, environmentFields }
  const parse = (text: string) =>
    parseConfig(text, { path: service.path, shownAs: `${service.shownAs}, as init would write it` })
  // With the environment alone, the names tell which functions the file has there.
  const config = parse(addFunctions(existing?.text, place, []))
  const entries = entriesFor(service, config, adoptees)
  const names = entries.map(({ name, isKnown }) => ({ name, isKnown }))
  const added = entries.flatMap(({ added: each }) => each ?? [])
  if (existing && shared && added.length === 0) return { names, text: existing.text }
  const text = addFunctions(existing?.text, place, added)
  requireOthersAsTheyWere(service, parse(text))
  return { names, text }
}

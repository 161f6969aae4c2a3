import { isDeepStrictEqual } from 'node:util'
import type { Config } from '../service/config.ts'
import { placedFunction } from '../service/placed-function.ts'
import type { Adoptee } from './adoptee.ts'
import { packageFields } from './fields-of.ts'

/**
 * Where a new environment has a function that the file has already: its source with what makes and packages it, as far
 * as they differ there; else a release would take another environment's code. Empty for the same source.
 *
 * @param config the file with the environment
 * @param name the function's name in the file
 */
export function sourceHere(
  config: Config,
  environment: string,
  name: string,
  { source, build, fields: told }: Adoptee,
): Record<string, unknown> {
  const { fields, at } = placedFunction(config, environment, name, { variables: process.env })
  const written = fields.source
  if (source === undefined || source === written) return {}
  if (written !== undefined && at.fill(written, 'source') === source) return {}
  const ofFile: Readonly<Record<string, unknown>> = fields
  const here = Object.entries({ source, ...packageFields(told), build })
  return Object.fromEntries(
    here.filter(([key, value]) => value !== undefined && !isDeepStrictEqual(value, ofFile[key])),
  )
}

import { isDeepStrictEqual } from 'node:util'
import type { Config } from '../service/config.ts'
import { placedFunction } from '../service/placed-function.ts'
import type { Position } from '../values/position.ts'
import type { Adoptee } from './adoptee.ts'
import { packageFields } from './fields-of.ts'

/**
 * Where a new environment has a function that the file has already: its source with what makes and packages it, as far
 * as they differ there; else a release would take another environment's code. Of the same source only another command
 * that makes it, as one with another stage; a file without a command has its source made by others.
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
  if (source === undefined) return {}
  const isSame = written !== undefined && (source === written || at.fill(written, 'source') === source)
  if (isSame) {
    const isOther = fields.build !== undefined && !isDeepStrictEqual(build, filled(fields.build, at))
    return isOther && build !== undefined ? { build } : {}
  }
  const ofFile: Readonly<Record<string, unknown>> = fields
  const here = Object.entries({ source, ...packageFields(told), build })
  return Object.fromEntries(
    here.filter(([key, value]) => value !== undefined && !isDeepStrictEqual(value, ofFile[key])),
  )
}

/** A command with its `${…}` replaced. */
function filled(build: unknown, at: Position): unknown {
  if (typeof build === 'string') return at.fill(build, 'build')
  if (Array.isArray(build)) return build.map((each) => filled(each, at))
  if (typeof build !== 'object' || build === null) return build
  return Object.fromEntries(Object.entries(build).map(([key, each]) => [key, filled(each, at)]))
}

import type { FunctionFields } from '../schema/function.ts'
import type { Sources } from '../values/interpolate.ts'
import { type Position, positionOf } from '../values/position.ts'
import type { Config } from './config.ts'
import { environmentFields, mergedFunction } from './find.ts'

/** A function's fields in one environment, and its position in the file. */
export interface PlacedFunction {
  fields: FunctionFields
  at: Position
  /** The top of the file, for values that functions share. */
  file: Position
}

/** @throws LambdactlError NOT_FOUND for an unknown function or environment */
export function placedFunction(
  config: Config,
  environment: string,
  name: string,
  sources: Sources,
): PlacedFunction {
  const { fields, origin } = mergedFunction(config, environment, name)
  const { service, directory, place } = config
  const { region, account } = environmentFields(config, environment)
  const scope = { service, env: environment, function: name, region, account, place, ...sources }
  return {
    fields,
    at: positionOf(directory, scope, origin),
    file: positionOf(directory, scope, (field) => field),
  }
}

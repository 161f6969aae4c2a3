import type { WantedTrigger } from '../../function/triggers/wanted.ts'
import { triggersOf } from '../function/triggers/triggers.ts'
import type { Variables } from '../values/interpolate.ts'
import type { Config } from './config.ts'
import { placedFunction } from './placed-function.ts'

/**
 * The triggers of one function, and nothing else: a machine that only ends a release may lack the rest.
 *
 * @returns undefined for a function whose triggers are as they are
 * @throws LambdactlError NOT_FOUND for an unknown environment or function, CONFIG_INVALID for a value that isn't set
 */
export function locateTriggers(
  config: Config,
  environment: string,
  name: string,
  variables: Variables = process.env,
): readonly WantedTrigger[] | undefined {
  const { fields, at } = placedFunction(config, environment, name, { variables })
  return triggersOf(fields.triggers, at.below('triggers'))
}

import type { Hooks } from '../../release/plan/hooks.ts'
import { usableHooks } from '../release/hooks.ts'
import type { Variables } from '../values/interpolate.ts'
import type { Config } from './config.ts'
import { placedFunction } from './placed-function.ts'

/**
 * The hooks of one function, and nothing else: a machine that only carries a release on may lack the rest.
 *
 * @throws LambdactlError NOT_FOUND for an unknown environment or function
 */
export function locateHooks(
  config: Config,
  environment: string,
  name: string,
  variables: Variables = process.env,
): Hooks {
  const { fields, at } = placedFunction(config, environment, name, { variables })
  return usableHooks(fields.release?.hooks ?? {}, at.below('release', 'hooks'))
}

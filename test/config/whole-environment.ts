import { resolveFunction } from '../../src/config/resolve.ts'
import type { Config } from '../../src/config/service/config.ts'
import { locateEnvironment } from '../../src/config/service/locate.ts'
import type { Variables } from '../../src/config/values/interpolate.ts'

/** An environment with all of its functions, resolved. */
export function wholeEnvironment(config: Config, name: string, variables: Variables) {
  const located = locateEnvironment(config, name, variables)
  const functions = located.functions.map((each) => resolveFunction(config, name, each.name, { variables }))
  return { ...located, functions }
}

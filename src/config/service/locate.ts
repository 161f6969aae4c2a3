import { configFile } from '../../errors/config-file.ts'
import { LambdactlError } from '../../errors/error.ts'
import type { Config, EnvironmentFields, LocatedEnvironment, LocatedFunction, Variables } from '../types.ts'
import { closest } from '../values/closest.ts'
import { interpolate, scopeOf } from '../values/interpolate.ts'
import { type MergedFunction, mergeFunction, own } from './overrides.ts'

/** Lambda's limit for a function's name. */
const longestName = 64

/**
 * Where an environment is and what its functions are called. It asks for nothing that only a deploy needs, so that a
 * rollback works where a variable of the function isn't set.
 *
 * @throws LambdactlError NOT_FOUND for an unknown environment, CONFIG_INVALID for a name that Lambda can't have
 */
export function locateEnvironment(
  config: Config,
  name: string,
  variables: Variables = process.env,
): LocatedEnvironment {
  const fields = environmentFields(config, name)
  const functions = Object.keys(config.functions).map((each) => locateFunction(config, name, each, variables))
  requireDistinct(config, name, functions)
  return { ...environmentIdentity(name, fields), functions, file: config.file }
}

/**
 * One function's name in Lambda.
 *
 * @throws LambdactlError NOT_FOUND for an unknown environment or function, CONFIG_INVALID for a name that Lambda can't have
 */
export function locateFunction(
  config: Config,
  environment: string,
  name: string,
  variables: Variables = process.env,
): LocatedFunction {
  environmentFields(config, environment)
  const merged = mergedFunction(config, environment, name)
  const scope = scopeOf(config, environment, name, { variables })
  const template = merged.fields.name
  const field = merged.origin(['name'])
  const lambdaName = template
    ? interpolate(template, scope, field)
    : `${config.service}-${name}-${environment}`
  if (/^[a-zA-Z0-9_-]+$/.test(lambdaName) && lambdaName.length <= longestName) return { name, lambdaName }
  const expected = `expected a name of at most ${longestName} letters, digits, - and _`
  throw new LambdactlError(
    'CONFIG_INVALID',
    `${config.place(field)}: ${expected}, got ${JSON.stringify(lambdaName)} (${lambdaName.length}).`,
    { next: [`Give the function a shorter or plainer one with name:.`] },
  )
}

/** The environment's own settings, with defaults. */
function environmentIdentity(
  name: string,
  fields: EnvironmentFields,
): Omit<LocatedEnvironment, 'functions' | 'file'> {
  const { region, endpoint, account, profile, alias = 'live' } = fields
  return { name, region, endpoint, account, profile, alias, protected: fields.protected ?? false }
}

/** @throws LambdactlError NOT_FOUND, naming the environments that there are */
export function environmentFields(config: Config, name: string): EnvironmentFields {
  const fields = own(config.environments, name)
  if (fields) return fields
  throw unknown(config, `environment ${JSON.stringify(name)}`, name, Object.keys(config.environments))
}

/** @throws LambdactlError NOT_FOUND, naming the functions that there are */
export function mergedFunction(config: Config, environment: string, name: string): MergedFunction {
  const merged = mergeFunction(config, environment, name)
  if (merged) return merged
  throw unknown(config, `function ${JSON.stringify(name)}`, name, Object.keys(config.functions))
}

function unknown(config: Config, what: string, name: string, known: string[]): LambdactlError {
  const meant = closest(name, known)
  const message = `The service ${config.service} has no ${what} (it has ${known.join(', ') || 'none'}).`
  const [kind = ''] = what.split(' ')
  const otherwise = `${known.length > 0 ? 'Name one that it has, or add it' : 'Add it'} under ${kind}s: of ${configFile()}.`
  return new LambdactlError('NOT_FOUND', message, { next: [meant ? `Did you mean ${meant}?` : otherwise] })
}

function requireDistinct(config: Config, environment: string, functions: readonly LocatedFunction[]): void {
  const owners = new Map<string, string>()
  for (const { name, lambdaName } of functions) {
    const owner = owners.get(lambdaName)
    if (owner !== undefined) {
      const place = config.place(mergedFunction(config, environment, name).origin(['name']))
      throw new LambdactlError(
        'CONFIG_INVALID',
        `${place}: ${name} and ${owner} are both called ${lambdaName} in Lambda.`,
      )
    }
    owners.set(lambdaName, name)
  }
}

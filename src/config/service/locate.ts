import { LambdactlError } from '../../errors/error.ts'
import type { EnvironmentFields } from '../schema/environment.ts'
import type { FunctionFields } from '../schema/function.ts'
import type { Variables } from '../values/interpolate.ts'
import type { Config, ConfigFile } from './config.ts'
import { aliasIn, environmentFields, mergedFunction } from './find.ts'
import { type ShortNames, shortNames } from './locate-alarms.ts'
import { isAbsent } from './managed.ts'
import { placedFunction } from './placed-function.ts'

/** Lambda's limit for a function's name. */
const longestName = 64

/** The place of an environment and the names of its functions: enough for reading and rolling back. */
export interface LocatedEnvironment {
  readonly name: string
  readonly region?: string | undefined
  readonly endpoint?: string | undefined
  /** 12 digits. */
  readonly account?: string | undefined
  readonly alias: string
  readonly profile?: string | undefined
  /** A release here needs a gate: an alarm, or a canary's comparison. */
  readonly protected: boolean
  readonly functions: readonly LocatedFunction[]
  /** The file with these values; absent if there is none. */
  readonly file?: ConfigFile
  /** The flags that named the place, ready for a shell. */
  readonly placeFlags?: readonly string[]
  /** The flags that name the place without a file. */
  readonly wholePlaceFlags?: readonly string[]
  /** The beginning and end of an AWS CLI command for that place. */
  readonly awsCli?: () => { readonly program: string; readonly flags: readonly string[] }
}

export interface LocatedFunction {
  /** The name in `lambdactl.yaml`. */
  readonly name: string
  /** The name in Lambda. */
  readonly lambdaName: string
  /** Present for a function that another tool makes: lambdactl's part of it besides its code. */
  readonly codeOnly?: CodeOnly
  /** The names in CloudWatch of the alarms that `alarms ensure` makes, by their short names; absent for none. */
  readonly ensuredAlarms?: ShortNames
}

/** Tells what else of another tool's function is lambdactl's. */
interface CodeOnly {
  /** The file gives its versions provisioned concurrency; else that is the other tool's. */
  readonly provisions: boolean
}

/**
 * The place of an environment and the names of its functions. It needs no value that only a deploy uses, so a rollback
 * works even if a variable of the function isn't set.
 *
 * @throws LambdactlError NOT_FOUND for an unknown environment, CONFIG_INVALID for a name that Lambda can't have
 */
export function locateEnvironment(
  config: Config,
  name: string,
  variables: Variables = process.env,
): LocatedEnvironment {
  const fields = environmentFields(config, name)
  const functions = Object.keys(config.functions)
    .filter((each) => !isAbsent(config, name, each))
    .map((each) => locateFunction(config, name, each, variables))
  requireDistinct(config, name, functions)
  return { ...environmentIdentity(name, fields), functions, file: config.file }
}

/**
 * One function's name in Lambda.
 *
 * @throws LambdactlError NOT_FOUND for an unknown environment or function, CONFIG_INVALID for a name that Lambda can't
 * have
 */
export function locateFunction(
  config: Config,
  environment: string,
  name: string,
  variables: Variables = process.env,
): LocatedFunction {
  environmentFields(config, environment)
  const { fields, at } = placedFunction(config, environment, name, { variables })
  const lambdaName = fields.name ? at.fill(fields.name, 'name') : `${config.service}-${name}-${environment}`
  if (/^[a-zA-Z0-9_-]+$/.test(lambdaName) && lambdaName.length <= longestName) {
    const alarms = shortNames(fields, { lambdaName, alias: aliasIn(config, environment) })
    const ensured = Object.keys(alarms).length > 0 ? { ensuredAlarms: alarms } : {}
    return { name, lambdaName, ...codeOnlyOf(fields), ...ensured }
  }
  const expected = `expected a name of at most ${longestName} letters, digits, - and _`
  throw new LambdactlError(
    'CONFIG_INVALID',
    `${at.place('name')}: ${expected}, got ${JSON.stringify(lambdaName)} (${lambdaName.length}).`,
    { next: [`Give the function another name with name:.`] },
  )
}

function codeOnlyOf({ manages, provisionedConcurrency }: FunctionFields): Pick<LocatedFunction, 'codeOnly'> {
  return manages === 'code' ? { codeOnly: { provisions: provisionedConcurrency !== undefined } } : {}
}

/** The environment's own settings, with defaults. */
function environmentIdentity(
  name: string,
  fields: EnvironmentFields,
): Omit<LocatedEnvironment, 'functions' | 'file'> {
  const { region, endpoint, account, profile, alias = 'live' } = fields
  return { name, region, endpoint, account, profile, alias, protected: fields.protected ?? false }
}

function requireDistinct(config: Config, environment: string, functions: readonly LocatedFunction[]): void {
  const owners = new Map<string, string>()
  for (const { name, lambdaName } of functions) {
    const owner = owners.get(lambdaName)
    if (owner !== undefined) {
      const place = config.place(mergedFunction(config, environment, name).origin(['name']))
      throw new LambdactlError(
        'CONFIG_INVALID',
        `${place}: ${name} and ${owner} both have the name ${lambdaName} in Lambda.`,
      )
    }
    owners.set(lambdaName, name)
  }
}

import { LambdactlError } from '../../errors/error.ts'
import type { EnvironmentFields } from '../schema/environment.ts'
import { closest } from '../values/closest.ts'
import type { Config } from './config.ts'
import { isAbsent } from './managed.ts'
import { type MergedFunction, mergeFunction } from './overrides.ts'
import { own } from './own.ts'

/** @throws LambdactlError NOT_FOUND, naming the existing environments */
export function environmentFields(config: Config, name: string): EnvironmentFields {
  const fields = own(config.environments, name)
  if (fields) return fields
  throw unknown(config, `environment ${JSON.stringify(name)}`, name, Object.keys(config.environments))
}

/** The alias of an environment. */
export function aliasIn(config: Config, environment: string): string {
  return environmentFields(config, environment).alias ?? 'live'
}

/** @throws LambdactlError NOT_FOUND, naming the functions of the file, or the line that says that it is not there */
export function mergedFunction(config: Config, environment: string, name: string): MergedFunction {
  const merged = mergeFunction(config, environment, name)
  if (merged) return merged
  if (isAbsent(config, environment, name)) throw notHere(config, environment, name)
  throw unknown(config, `function ${JSON.stringify(name)}`, name, Object.keys(config.functions))
}

function notHere({ place }: Config, environment: string, name: string): LambdactlError {
  const line = place(['environments', environment, 'functions', name])
  return new LambdactlError(
    'NOT_FOUND',
    `${line}: ${name} is not in ${environment}, since it is false there.`,
    {
      next: [`Once ${name} is there too, remove that line.`],
    },
  )
}

function unknown(config: Config, what: string, name: string, known: string[]): LambdactlError {
  const meant = closest(name, known)
  const message = `The service ${config.service} has no ${what} (it has ${known.join(', ') || 'none'}).`
  const [kind = ''] = what.split(' ')
  const otherwise = `${known.length > 0 ? 'Name one that it has, or add it' : 'Add it'} under ${kind}s: of ${config.shownAs}.`
  return new LambdactlError('NOT_FOUND', message, { next: [meant ? `Did you mean ${meant}?` : otherwise] })
}

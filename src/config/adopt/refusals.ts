import { isDeepStrictEqual } from 'node:util'
import { LambdactlError } from '../../errors/error.ts'
import type { Manages } from '../function/manages.ts'
import type { EnvironmentFields } from '../schema/environment.ts'
import type { FunctionFields } from '../schema/function.ts'
import type { Config } from '../service/config.ts'
import { withDefaults } from '../service/defaults.ts'
import { isAbsent } from '../service/managed.ts'
import { own } from '../service/own.ts'
import type { Adoptee, AdoptingService } from './adoptee.ts'

/** @throws LambdactlError PATH_TAKEN if the file has a function of that name, or says that the environment has none */
export function requireNew(existing: Config, name: string, environment: string, lambdaName: string): void {
  const { functions, shownAs } = existing
  if (!own(functions, name)) return
  if (isAbsent(existing, environment, name)) {
    const line = existing.place(['environments', environment, 'functions', name])
    throw new LambdactlError(
      'PATH_TAKEN',
      `${line}: ${name} is false in ${environment}, and ${lambdaName} is there.`,
      {
        next: [`If that is its function, write in place of false: { name: ${lambdaName} }`],
      },
    )
  }
  throw new LambdactlError('PATH_TAKEN', `${shownAs} already has a function ${name}.`, {
    next: [
      (config) =>
        `Compare it with the deployed function: ${config.command('diff')} ${name} --env ${environment}.`,
    ],
  })
}

/** @throws LambdactlError USAGE if the function is in another Region or account than the environment */
export function requireSamePlace(
  environment: string,
  { region, account }: EnvironmentFields,
  { lambdaName, ...adoptee }: Adoptee,
): void {
  for (const [what, expected, got] of [
    ['Region', region, adoptee.region],
    ['account', account, adoptee.account],
  ]) {
    if (expected === undefined || expected === got) continue
    throw new LambdactlError(
      'USAGE',
      `The environment ${environment} has the ${what} ${expected}, and ${lambdaName} has ${got}.`,
      { next: ['Choose another --env.'] },
    )
  }
}

/** @throws LambdactlError USAGE if another environment has all functions as lambdactl's own, and this one is another tool's */
export function requireNotOwnElsewhere(
  { environments, shownAs }: Config,
  environment: string,
  { name, manages }: { name: string; manages: Manages | undefined },
): void {
  const found = Object.entries(environments).find(
    ([each, fields]) => each !== environment && fields.manages === 'function',
  )
  if (manages !== 'code' || !found) return
  throw new LambdactlError(
    'USAGE',
    `The environment ${found[0]} of ${shownAs} has manages: function for all its functions, and ${name} is made by another tool.`,
    {
      next: [
        `Remove manages: function from ${found[0]}, where it is the default, or take the function on in a folder of its own: lambdactl init DIR --from …`,
      ],
    },
  )
}

/** The fields by which the defaults would choose other code. */
const ofCode = ['source', 'image', 'bundle', 'build', 'include', 'requirements']

/** @throws LambdactlError USAGE if the file's defaults would change the added function */
export function requireUntouched(
  { defaults, shownAs }: Config,
  fields: Readonly<Record<string, unknown>>,
  { name, manages }: { name: string; manages: Manages | undefined },
): void {
  const laid = Object.entries(withDefaults(defaults, fields as FunctionFields))
  // The defaults' settings do not count for another tool's function.
  const isMeant = (key: string) => (manages === 'code' ? ofCode.includes(key) : key !== 'role')
  const changed = laid.filter(([key, value]) => isMeant(key) && !isDeepStrictEqual(value, fields[key]))
  if (changed.length === 0) return
  const names = changed.map(([key]) => key).join(', ')
  throw new LambdactlError(
    'USAGE',
    `The defaults of ${shownAs} would change the function ${name}: ${names}.`,
    {
      next: [
        'Move these fields from defaults: to the functions that need them, or adopt this one in a folder of its own: lambdactl init DIR --from …',
      ],
    },
  )
}

/**
 * Environments may share their lines by a YAML alias, as in `stage: *prod`: then what is written for one holds for both.
 *
 * @param config the file as it would be written
 * @throws LambdactlError USAGE if another environment would change
 */
export function requireOthersAsTheyWere(
  { existing, environment, shownAs }: AdoptingService,
  config: Config,
): void {
  const before = existing?.config.environments ?? {}
  const changed = Object.keys(before).find(
    (each) => each !== environment && !isDeepStrictEqual(before[each], config.environments[each]),
  )
  if (changed === undefined) return
  throw new LambdactlError(
    'USAGE',
    `The environment ${changed} of ${shownAs} shares its lines with ${environment} by a YAML alias, so the names of functions in ${environment} would hold there too.`,
    { next: [`Write the fields of ${changed} in place of the alias, then run the command again.`] },
  )
}

import type { Config } from '../../config/service/config.ts'
import type { LocatedEnvironment, LocatedFunction } from '../../config/service/locate.ts'
import { locateFunction } from '../../config/service/locate.ts'
import { LambdactlError } from '../../errors/error.ts'

/**
 * The environment if the command names none: the file's default, or the only one.
 *
 * @param takesFirst for commands that reach nothing, where any environment is fine
 * @throws LambdactlError USAGE if there are several, CONFIG_INVALID if there is none
 */
export function unnamedEnvironment(
  { environments, defaultEnvironment, shownAs }: Config,
  takesFirst: boolean,
): string {
  if (defaultEnvironment !== undefined) return defaultEnvironment
  const names = Object.keys(environments)
  const [first] = names
  if (first === undefined) {
    throw new LambdactlError('CONFIG_INVALID', `${shownAs} has no environment.`, {
      next: ['Add one under environments:.'],
    })
  }
  if (takesFirst || names.length === 1) return first
  throw new LambdactlError(
    'USAGE',
    `Expected an environment, got none; the environments are ${names.join(', ')}.`,
    {
      next: [`Name one: --env ${first}, or LAMBDACTL_ENV, or in ${shownAs} defaults: {env: ${first}}.`],
    },
  )
}

/** @param names empty: all functions */
export function chooseFunctions(
  config: Config,
  { name: environment, functions }: LocatedEnvironment,
  names: readonly string[],
): readonly LocatedFunction[] {
  return names.length === 0
    ? functions
    : [...new Set(names)].map((name) => locateFunction(config, environment, name))
}

/** The error for a file without functions. */
export function noFunctions({ shownAs }: Pick<Config, 'shownAs'>): LambdactlError {
  return new LambdactlError('USAGE', `${shownAs} has no functions.`, {
    next: ['Add one: lambdactl add NAME', 'Or take on one that is in Lambda: lambdactl init --from NAME'],
  })
}

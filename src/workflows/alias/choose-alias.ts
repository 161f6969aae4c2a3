import { LambdactlError } from '../../errors/error.ts'
import type { AliasState } from '../../release/values/observed.ts'

/** Which alias is wanted of a function that is adopted. */
export interface WantedAlias {
  /** By `--alias`. */
  asked: string | undefined
  /** The one of the environment, where lambdactl.yaml has it already. */
  ofEnvironment: string | undefined
}

/** The alias that traffic follows; `state` is undefined where the first deploy creates it. */
export interface ChosenAlias {
  name: string
  state: AliasState | undefined
}

/** The alias where there is no other. */
const usual = 'live'

/**
 * The alias of a function that is adopted: the one that is asked for, else the only one.
 *
 * @throws LambdactlError USAGE where there are several, or the environment has another; NOT_FOUND for one that isn't there
 */
export function chooseAlias(
  lambdaName: string,
  aliases: readonly AliasState[],
  { asked, ofEnvironment }: WantedAlias,
): ChosenAlias {
  const names = aliases.map(({ name }) => name).toSorted()
  if (asked !== undefined && ofEnvironment !== undefined && asked !== ofEnvironment) {
    throw new LambdactlError(
      'USAGE',
      `The environment has the alias ${ofEnvironment} for all its functions, got --alias ${asked}.`,
      { next: [`Choose another --env for functions of the alias ${asked}.`] },
    )
  }
  const wanted = asked ?? ofEnvironment
  if (wanted === undefined && names.length > 1) {
    throw new LambdactlError('USAGE', `${lambdaName} has several aliases: ${names.join(', ')}.`, {
      next: ['Say which one traffic follows: --alias NAME.'],
    })
  }
  const name = wanted ?? names[0] ?? usual
  const state = aliases.find((alias) => alias.name === name)
  if (state || names.length === 0) return { name, state }
  throw new LambdactlError('NOT_FOUND', `${lambdaName} has no alias ${name}: it has ${names.join(', ')}.`, {
    next: ['Say which one traffic follows with --alias NAME; an environment has one for all its functions.'],
  })
}

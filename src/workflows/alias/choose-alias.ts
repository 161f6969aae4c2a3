import { LambdactlError } from '../../errors/error.ts'
import type { AliasState } from '../../release/values/observed.ts'

/** The wanted alias of a function to take on. */
export interface WantedAlias {
  /** From `--alias`. */
  asked: string | undefined
  /** The environment's alias, if lambdactl.yaml has the environment already. */
  ofEnvironment: string | undefined
}

/** The alias that traffic follows; `state` is undefined if the first deploy will create it. */
export interface ChosenAlias {
  name: string
  state: AliasState | undefined
}

/** The alias if the function has none. */
const usual = 'live'

/**
 * Chooses the alias of a function to take on: the requested one, or else the only one.
 *
 * @throws LambdactlError USAGE if there are several, or the environment has another; NOT_FOUND for a missing one
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
      `The environment uses the alias ${ofEnvironment} for all its functions: expected that alias, got --alias ${asked}.`,
      { next: [`Choose another --env for functions with the alias ${asked}.`] },
    )
  }
  const wanted = asked ?? ofEnvironment
  if (wanted === undefined && names.length > 1) {
    throw new LambdactlError('USAGE', `${lambdaName} has several aliases: ${names.join(', ')}.`, {
      next: ['Name the one that traffic follows: --alias NAME.'],
    })
  }
  const name = wanted ?? names[0] ?? usual
  const state = aliases.find((alias) => alias.name === name)
  if (state || names.length === 0) return { name, state }
  throw new LambdactlError('NOT_FOUND', `${lambdaName} has no alias ${name}: it has ${names.join(', ')}.`, {
    next: [
      'Name the one that traffic follows: --alias NAME. An environment has one alias for all its functions.',
    ],
  })
}

/**
 * The one alias that all functions with aliases have; undefined for a single function, which `chooseAlias` asks about,
 * and where another alias is wanted or none has any.
 *
 * @throws LambdactlError USAGE if there are several, or none is common to all
 */
export function commonAlias(
  lists: readonly (readonly AliasState[])[],
  { asked, ofEnvironment }: WantedAlias,
): string | undefined {
  const named = lists.filter((list) => list.length > 0).map((list) => list.map(({ name }) => name))
  if (asked !== undefined || ofEnvironment !== undefined || lists.length < 2) return undefined
  const all = [...new Set(named.flat())].toSorted()
  const common = all.filter((name) => named.every((names) => names.includes(name)))
  if (common.length === 1 || all.length === 0) return common[0]
  const counts = all.map((name) => `${name} (${named.filter((names) => names.includes(name)).length})`)
  throw new LambdactlError(
    'USAGE',
    `An environment has one alias for all its functions, and these have several: ${counts.join(', ')}.`,
    {
      next: [
        'Name the one that traffic follows: --alias NAME; and choose functions that have it: --function NAME.',
      ],
    },
  )
}

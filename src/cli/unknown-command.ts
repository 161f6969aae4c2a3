import { closest } from '../config/closest.ts'
import { LambdactlError } from '../errors/error.ts'

/** The error of a command that does not exist, with the one that was most likely meant, and all that there are. */
export function unknownCommand(typed: string, ids: readonly string[]): LambdactlError {
  const known = ids.map((id) => id.replaceAll(':', ' '))
  const meant = closest(typed, known)
  const next = [
    ...(meant ? [`Did you mean lambdactl ${meant}?`] : []),
    `There are: ${known.toSorted().join(', ')}. See lambdactl help.`,
  ]
  return new LambdactlError('USAGE', `There is no command ${typed}.`, { next })
}

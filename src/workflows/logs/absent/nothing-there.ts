import { LambdactlError } from '../../../errors/error.ts'
import { commandFor, deployFirst, type Target } from '../../run/run.ts'
import type { Notice } from '../notice.ts'
import type { Source, WantedFunctions } from '../wanted-functions.ts'
import type { Versions } from '../wanted-versions.ts'

// The errors of readings that find nothing to read.

export function noFunction(
  target: Target,
  toDo: 'read logs of' | 'query logs of' | 'show metrics of',
): LambdactlError {
  return new LambdactlError('NOT_FOUND', `There is no function ${target.lambdaName} to ${toDo}.`, {
    next: [deployFirst(target)],
  })
}

/** @throws LambdactlError NOT_FOUND if none of the functions of a tail exists */
export function requireFunctions(existing: readonly Source[], { sources, deploy }: WantedFunctions): void {
  if (existing.length > 0) return
  const names = sources.map(({ lambdaName }) => lambdaName).join(', ')
  const what = names === '' ? 'No function has such a name' : `There is no function ${names} to read logs of`
  throw new LambdactlError('NOT_FOUND', `${what}.`, { next: [deployFirst(deploy)] })
}

/**
 * Without the alias no line is of one of its versions.
 *
 * @param absent the functions that have no such alias
 * @throws LambdactlError NOT_FOUND if no function of a tail has the alias that is wanted
 */
export function requireAlias(
  existing: readonly Source[],
  absent: readonly string[],
  { versions, functions }: { versions?: Versions | undefined; functions: WantedFunctions },
): void {
  if (versions === undefined || !('alias' in versions) || absent.length < existing.length) return
  throw new LambdactlError('NOT_FOUND', `There is no alias ${versions.alias} of ${absent.join(', ')}.`, {
    next: [deployFirst(functions.deploy), 'Or see the lines of all versions.'],
  })
}

/** @throws LambdactlError NOT_FOUND if none of the groups that a tail has read exists */
export function requireGroup(
  existing: readonly Source[],
  read: readonly string[],
  absent: ReadonlySet<string>,
): void {
  if (read.length === 0 || absent.size < read.length) return
  const names = existing.map(({ lambdaName }) => lambdaName)
  throw nothingLogged(read, names, 'Invoke the function, or follow its log without --no-follow.')
}

/** The error of functions that have no log groups yet. */
export function nothingLogged(
  groups: readonly string[],
  lambdaNames: readonly string[],
  next: string,
): LambdactlError {
  const have = `${lambdaNames.join(', ')} ${lambdaNames.length === 1 ? 'has' : 'have'}`
  const what = `There is no log group ${groups.join(' or ')}: ${have} logged nothing yet.`
  return new LambdactlError('NOT_FOUND', what, { next: [next] })
}

/** The advice of `nothingLogged` about one function. */
export function invokeFirst(target: Target): string {
  return `Invoke it first: ${commandFor(target, 'invoke')}`
}

export function noVersion({
  functions,
  version,
  next,
}: Omit<Extract<Notice, { notice: 'unknown-version' }>, 'notice'>): LambdactlError {
  const what = `There is no version ${version} of ${functions.join(', ')}, and the logs have no line of one.`
  return new LambdactlError('NOT_FOUND', what, { next })
}

import { LambdactlError } from '../../../errors/error.ts'
import { commandFor, type Target } from '../../run/run.ts'
import type { Notice } from '../notice.ts'

// The errors of readings that find nothing to read.

export function noFunction(target: Target, verb: 'read' | 'query'): LambdactlError {
  return new LambdactlError('NOT_FOUND', `There is no function ${target.lambdaName} to ${verb} logs of.`, {
    next: [`Deploy it first: ${commandFor(target, 'deploy')}`],
  })
}

export function nothingLogged(target: Target, groups: readonly string[]): LambdactlError {
  const what = `There is no log group ${groups.join(' or ')}: ${target.lambdaName} has logged nothing yet.`
  return new LambdactlError('NOT_FOUND', what, {
    next: [`Invoke it first: ${commandFor(target, 'invoke')}`],
  })
}

export function noVersion({
  functions,
  version,
  next,
}: Omit<Extract<Notice, { notice: 'unknown-version' }>, 'notice'>): LambdactlError {
  const what = `There is no version ${version} of ${functions.join(', ')}, and the logs have no line of one.`
  return new LambdactlError('NOT_FOUND', what, { next })
}

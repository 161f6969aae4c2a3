import { LambdactlError } from '../errors/error.ts'
import type { AliasState } from '../release/observed.ts'
import type { Outcome } from '../release/outcome.ts'
import type { ReleaseRecord } from '../release/record.ts'
import { standing } from '../release/standing.ts'
import { commandFor, commandsFor, type Target } from './run.ts'

/**
 * How a release that is not done stands, as the error that a command ends with: ROLLED_BACK, PAUSED where more is to come,
 * CONFLICT where the alias is somebody else's.
 */
export function asError(
  target: Target,
  alias: AliasState,
  record: ReleaseRecord | undefined,
  outcome: Exclude<Outcome, 'done'>,
): LambdactlError {
  const { summary, next } = standing(alias, record, commandsFor(target))
  const look = `See how it stands: ${commandFor(target, 'status')}`
  switch (outcome) {
    case 'rolled-back':
      return new LambdactlError('ROLLED_BACK', `The release was rolled back: ${summary}`, {
        next: [look, `See why: ${commandFor(target, 'history')}`],
      })
    case 'moved':
      return new LambdactlError('CONFLICT', `The release has the alias no more: ${summary}`, {
        next: next ? [look, next] : [look],
      })
    case 'waiting':
    case 'going':
      return new LambdactlError('PAUSED', summary, { next: [look, ...(next ? [next] : [])] })
  }
}

import type { ErrorCode } from '../../errors/codes.ts'
import { LambdactlError } from '../../errors/error.ts'
import type { Outcome } from '../../release/decision/outcome.ts'
import { standing } from '../../release/decision/standing.ts'
import type { AliasState } from '../../release/values/observed.ts'
import type { ReleaseRecord } from '../../release/values/record.ts'
import { commandFor, commandsFor, type Target } from '../run/run.ts'

type NotDone = Exclude<Outcome, 'done'>

/** The error code for each outcome of a release that is not done. One that goes on counts as paused: more is to come. */
export const outcomeCodes: Record<NotDone, ErrorCode> = {
  'rolled-back': 'ROLLED_BACK',
  waiting: 'PAUSED',
  going: 'PAUSED',
  moved: 'CONFLICT',
}

const leads: Record<NotDone, string> = {
  'rolled-back': 'The release was rolled back: ',
  waiting: '',
  going: '',
  moved: 'The release has the alias no more: ',
}

/** How a release stands that is not done, as the error that a command ends with. */
export function asError(
  target: Target,
  alias: AliasState,
  record: ReleaseRecord | undefined,
  outcome: NotDone,
): LambdactlError {
  const { summary, next = [] } = standing(alias, record, commandsFor(target))
  return new LambdactlError(outcomeCodes[outcome], `${leads[outcome]}${summary}`, {
    next: [
      `See how it stands: ${commandFor(target, 'status')}`,
      ...(outcome === 'rolled-back' ? [`See why: ${commandFor(target, 'history')}`] : []),
      ...next,
    ],
  })
}

import type { ErrorCode } from '../../errors/codes.ts'
import { asLambdactlError } from '../../errors/error.ts'
import type { Outcome, Part } from './part.ts'

/** From the one that needs a person first to the one that needs nobody. */
const byNeed = ['failed', 'interrupted', 'rolled-back', 'paused', 'waiting']

/** The outcome of the function that went worst: a pipeline that looks at one value looks at this one. */
export function worstOf(outcomes: readonly Outcome[]): Outcome | undefined {
  return outcomes.toSorted((one, other) => needOf(one) - needOf(other))[0]
}

function needOf({ outcome }: Outcome): number {
  const place = byNeed.indexOf(outcome)
  return place === -1 ? byNeed.length : place
}

/** The outcomes of errors that are no failures of the program. */
const outcomeOf: Partial<Record<ErrorCode, string>> = {
  ROLLED_BACK: 'rolled-back',
  PAUSED: 'paused',
  INTERRUPTED: 'interrupted',
}

/** Gives the functions without an outcome the one of the error that ended the command, and its message as a note. */
export function withFailure(parts: readonly Part[], thrown: Error | undefined): Outcome[] {
  const ended = thrown && asLambdactlError(thrown)
  return parts.map((part) => {
    const { function: name, outcome, notes = [], release } = part
    if (outcome !== undefined) return { ...part, outcome }
    const own = ended?.failures.find((each) => each.function === name)?.error
    const reason = own ? `${name}: ${own.message}` : ended?.message
    return {
      ...part,
      // A command that only reads a release learns of it by the error.
      release: release ?? (own ?? ended)?.release,
      outcome: outcomeOf[(own ?? ended)?.code ?? 'INTERRUPTED'] ?? 'failed',
      notes: reason === undefined ? notes : [...notes, reason],
    }
  })
}

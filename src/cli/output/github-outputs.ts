import { randomUUID } from 'node:crypto'
import { appendFile } from 'node:fs/promises'
import type { ErrorCode } from '../../errors/codes.ts'
import { asLambdactlError } from '../../errors/error.ts'
import { summaryText } from './github-summary.ts'
import { mask } from './mask.ts'
import type { Outcome, Part } from './part.ts'

/**
 * Writes the outputs `outcome`, `version`, `previous` and `release-id` of a step of GitHub Actions, all outcomes as JSON
 * in `outcomes`, and the job's summary. With several functions the first four are those of the one that
 * went worst.
 *
 * @param environment the variables of the runner that name its files; without one nothing is written
 * @throws Error if a file can't be written
 */
export async function writeOutputs(
  outcomes: readonly Outcome[],
  environment: Readonly<Record<string, string | undefined>>,
): Promise<void> {
  const { GITHUB_OUTPUT: outputs, GITHUB_STEP_SUMMARY: summary } = environment
  if (outcomes.length === 0) return
  if (outputs) await appendFile(outputs, outputText(outcomes))
  if (summary) await appendFile(summary, summaryText(outcomes))
}

/** From the one that needs a person first to the one that needs nobody. */
const byNeed = ['failed', 'interrupted', 'rolled-back', 'paused', 'waiting']

function needOf({ outcome }: Outcome): number {
  const place = byNeed.indexOf(outcome)
  return place === -1 ? byNeed.length : place
}

function outputText(outcomes: readonly Outcome[]): string {
  const [worst] = outcomes.toSorted((one, other) => needOf(one) - needOf(other))
  const lines = {
    outcome: worst?.outcome,
    version: worst?.version,
    previous: worst?.previous,
    'release-id': worst?.release,
    outcomes: JSON.stringify(outcomes.map(({ notes: _, ...part }) => part)),
  }
  return Object.entries(lines)
    .map(([name, value = '']) => {
      // A delimiter that no value can have keeps a value from making another output.
      const end = `end-${randomUUID()}`
      return `${name}<<${end}\n${mask(value)}\n${end}\n`
    })
    .join('')
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

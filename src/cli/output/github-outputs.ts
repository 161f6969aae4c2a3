import { randomUUID } from 'node:crypto'
import { appendFile } from 'node:fs/promises'
import type { ErrorCode } from '../../errors/codes.ts'
import { asLambdactlError } from '../../errors/error.ts'
import { mask } from './mask.ts'

/** One function's part of a command, for the steps of a workflow that come after it. */
export interface Part {
  function: string
  /** As in the result's JSON; for a failed command `rolled-back`, `paused`, `interrupted` or `failed`. */
  outcome?: string | undefined
  version?: string | undefined
  previous?: string | undefined
  /** The release's id. */
  release?: string | undefined
}

/** A part that has ended. */
type Outcome = Part & { outcome: string }

/**
 * Writes the outputs `outcome`, `version`, `previous` and `release-id` of a step of GitHub Actions, all outcomes as JSON
 * in `outcomes`, and a table for the job's summary. With several functions the first four are those of the one that
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
    outcomes: JSON.stringify(outcomes),
  }
  return Object.entries(lines)
    .map(([name, value = '']) => {
      // A delimiter that no value can have keeps a value from making another output.
      const end = `end-${randomUUID()}`
      return `${name}<<${end}\n${mask(value)}\n${end}\n`
    })
    .join('')
}

function summaryText(outcomes: readonly Outcome[]): string {
  const rows = outcomes.map(({ function: name, outcome, version = '', previous = '', release = '' }) =>
    [name, outcome, version, previous, release].map(cell).join(' | '),
  )
  const head = ['Function | Outcome | Version | Before | Release', '--- | --- | --- | --- | ---']
  return `${['### lambdactl', '', ...[...head, ...rows].map((row) => `| ${row} |`)].join('\n')}\n\n`
}

/** Text that begins no column, row or mark-up of its own. */
function cell(text: string): string {
  return mask(text)
    .replace(/[\r\n]+/g, ' ')
    .replace(/[\\|<>`*_[\]]/g, (mark) => `\\${mark}`)
}

/** The outcomes of errors that are no failures of the program. */
const outcomeOf: Partial<Record<ErrorCode, string>> = {
  ROLLED_BACK: 'rolled-back',
  PAUSED: 'paused',
  INTERRUPTED: 'interrupted',
}

/** Gives the functions without an outcome the one of the error that ended the command. */
export function withFailure(parts: readonly Part[], thrown: Error | undefined): Outcome[] {
  const { code, failures } = thrown
    ? asLambdactlError(thrown)
    : { code: 'INTERRUPTED' as const, failures: [] }
  return parts.map((part) => {
    const own = failures.find((each) => each.function === part.function)?.error.code ?? code
    return { ...part, outcome: part.outcome ?? outcomeOf[own] ?? 'failed' }
  })
}

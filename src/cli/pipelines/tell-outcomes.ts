import { appendFile } from 'node:fs/promises'
import { outputText } from './github/outputs.ts'
import { summaryText } from './github/summary.ts'
import type { Outcome } from './part.ts'

type Variables = Readonly<Record<string, string | undefined>>

/**
 * Writes the outcomes into the files that a runner names: outputs and the job's summary of GitHub Actions.
 *
 * @param environment the variables of the runner; without one nothing is written
 * @throws Error if a file can't be written
 */
export async function tellOutcomes(outcomes: readonly Outcome[], environment: Variables): Promise<void> {
  const { GITHUB_OUTPUT: outputs, GITHUB_STEP_SUMMARY: summary } = environment
  if (outcomes.length === 0) return
  if (outputs) await appendFile(outputs, outputText(outcomes))
  if (summary) await appendFile(summary, summaryText(outcomes))
}

import { appendFile, writeFile } from 'node:fs/promises'
import { deploymentsApi, tellDeployments } from './github/deployments.ts'
import { outputText } from './github/outputs.ts'
import { summaryText } from './github/summary.ts'
import { dotenvText } from './gitlab/dotenv.ts'
import type { Outcome } from './part.ts'
import type { Variables } from './runner.ts'

/** The things that know of the outcomes of a command. */
export interface Told {
  outcomes: readonly Outcome[]
  /** The environment of lambdactl.yaml. */
  environment: string
}

/**
 * Tells a pipeline the outcomes: GitHub Actions by outputs, the job's summary and the commit's deployments, and others by
 * a dotenv report, which is that of the last command alone.
 *
 * @param variables those that name the files and the API; without one nothing is told there
 * @param warn takes a sentence about something that could not be told; the command itself succeeds
 */
export async function tellOutcomes(
  { outcomes, environment }: Told,
  variables: Variables,
  warn: (text: string) => void,
): Promise<void> {
  if (outcomes.length === 0) return
  const { GITHUB_OUTPUT: outputs, GITHUB_STEP_SUMMARY: summary, LAMBDACTL_DOTENV: dotenv } = variables
  const isOnGithub = variables['GITHUB_ACTIONS'] === 'true'
  const write = async () => {
    if (dotenv) await writeFile(dotenv, dotenvText(outcomes))
    if (isOnGithub && outputs) await appendFile(outputs, outputText(outcomes))
    if (isOnGithub && summary) await appendFile(summary, summaryText(outcomes))
  }
  await write().catch((error: unknown) => {
    warn(`The outcomes could not be written for the pipeline: ${reasonOf(error)}.`)
  })
  const api = isOnGithub ? deploymentsApi(variables) : undefined
  if (!api) return
  await tellDeployments(api, outcomes, environment).catch((error: unknown) => {
    const next = 'give the job the permission deployments: write, or take GITHUB_TOKEN from its environment'
    warn(`GitHub was not told of the deployment: ${reasonOf(error)}. To tell it, ${next}.`)
  })
}

/** The reason without a period; that of a failed connection is below the error itself. */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  const whole = error.cause instanceof Error ? `${error.message}: ${error.cause.message}` : error.message
  return whole.replace(/\.$/, '')
}

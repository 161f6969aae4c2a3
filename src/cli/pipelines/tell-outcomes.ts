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
  const writes = [
    ...(dotenv ? [writeFile(dotenv, dotenvText(outcomes))] : []),
    ...(isOnGithub && outputs ? [appendFile(outputs, outputText(outcomes))] : []),
    ...(isOnGithub && summary ? [appendFile(summary, summaryText(outcomes))] : []),
  ]
  for (const written of await Promise.allSettled(writes)) {
    if (written.status === 'rejected')
      warn(`The outcomes could not be written for the pipeline: ${reasonOf(written.reason)}.`)
  }
  const api = isOnGithub ? deploymentsApi(variables) : undefined
  if (!api) return
  await tellDeployments(api, outcomes, environment).catch((error: unknown) => {
    const reason = reasonOf(error)
    warn(`GitHub was not told of the deployment: ${reason}. ${isRefusal(reason) ? toBeHeard : unharmed}`)
  })
}

const toBeHeard =
  'To tell it, give the job the permission deployments: write, or take GITHUB_TOKEN from its environment.'
const unharmed = 'The release itself is as it was told.'

/** GitHub answers 404 for a repository that the token may not see. */
function isRefusal(reason: string): boolean {
  return /^40[134]\b/.test(reason)
}

/** The reason without a period; that of a failed connection is below the error itself. */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  const whole = error.cause instanceof Error ? `${error.message}: ${error.cause.message}` : error.message
  return whole.replace(/\.$/, '')
}

import { isLoopbackHost } from '../../../errors/loopback.ts'
import { mask } from '../../output/mask.ts'
import type { Outcome } from '../part.ts'
import { githubRun, type Variables } from '../runner.ts'
import { ask } from './ask.ts'

/** GitHub's API, and the commit that a job is about. */
export interface DeploymentsApi {
  /** `https://api.github.com/repos/octo/shop/deployments` */
  url: string
  token: string
  commit: string
  /** The page of the run. */
  page: string | undefined
}

/** The longest description that GitHub takes (docs.github.com, 28 November 2026). */
const longestDescription = 140

/**
 * The API, if the step gives its command a token: GitHub gives none by itself.
 *
 * @returns undefined also for an address to which no token may go: one without TLS on another machine
 */
export function deploymentsApi(variables: Variables): DeploymentsApi | undefined {
  const { GITHUB_TOKEN: token, GITHUB_API_URL: address = '', GITHUB_REPOSITORY: name = '' } = variables
  const commit = variables['GITHUB_SHA']
  if (!token || !commit || !/^[\w.-]+\/[\w.-]+$/.test(name) || !URL.canParse(address)) return undefined
  const { protocol, hostname } = new URL(address)
  if (protocol !== 'https:' && !isLoopbackHost(hostname)) return undefined
  const url = `${address.replace(/\/$/, '')}/repos/${name}/deployments`
  return { url, token, commit, page: githubRun(variables) }
}

/** The state of a deployment by an outcome or a phase; others are no deployments. */
const states: Readonly<Record<string, string>> = {
  released: 'success',
  done: 'success',
  waiting: 'in_progress',
  shifting: 'in_progress',
  approved: 'in_progress',
  baking: 'in_progress',
  paused: 'pending',
  'awaiting-approval': 'pending',
  'rolled-back': 'failure',
  interrupted: 'failure',
  failed: 'failure',
}

/**
 * Tells GitHub the state of each release as a deployment of its commit, in an environment `prod/checkout`: so each
 * function has one active deployment. The commit is that of the job which began the release; a later job finds the
 * deployment by the release's id. A rollback by hand makes the last deployment inactive, and its undo makes it
 * active.
 *
 * @throws Error at the first answer that is no success
 */
export async function tellDeployments(
  api: DeploymentsApi,
  outcomes: readonly Outcome[],
  environment: string,
): Promise<void> {
  for (const outcome of outcomes) {
    const place = `${environment}/${outcome.function}`
    if (outcome.isByHand) {
      const last = await find(api, { environment: place })
      if (last !== undefined) await tellState(api, last, stateByHand(outcome), outcome)
      continue
    }
    const state = states[outcome.outcome]
    if (outcome.release === undefined || state === undefined) continue
    const task = `lambdactl:${outcome.release}`
    const known = await find(api, { environment: place, task })
    const id = known ?? (outcome.begun ? await create(api, place, task) : undefined)
    if (id !== undefined) await tellState(api, id, state, outcome)
  }
}

/** The undo of a rollback goes to a newer version. */
function stateByHand({ version, previous }: Outcome): string {
  return Number(version) > Number(previous) ? 'success' : 'inactive'
}

async function find({ url, token }: DeploymentsApi, by: Record<string, string>): Promise<number | undefined> {
  const query = new URLSearchParams({ ...by, per_page: '1' })
  const found = (await ask(`${url}?${query.toString()}`, token)) as { id: number }[]
  return found[0]?.id
}

async function create(api: DeploymentsApi, environment: string, task: string): Promise<number> {
  // Without the checks of other tools and without a merge: the release has been made.
  const wanted = { ref: api.commit, environment, task, auto_merge: false, required_contexts: [] }
  const made = (await ask(api.url, api.token, wanted)) as { id: number }
  return made.id
}

async function tellState(
  { url, token, page }: DeploymentsApi,
  id: number,
  state: string,
  { outcome, version, notes = [] }: Outcome,
): Promise<void> {
  const words = [outcome, ...(version === undefined ? [] : [`version ${version}`]), ...notes].join(', ')
  const description = mask(words).slice(0, longestDescription).toWellFormed()
  await ask(`${url}/${id}/statuses`, token, { state, description, ...(page && { log_url: page }) })
}

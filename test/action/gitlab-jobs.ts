import { spawn } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { parse } from 'yaml'
import { type Finished, type Place, watched } from '../cli/cli.ts'

/** A job of GitLab, as far as its runner reads it. */
export interface Job {
  extends?: string
  variables?: Record<string, string>
  before_script?: string[]
  script?: string[]
  environment?: string
  when?: string
  artifacts?: { paths?: string[]; reports?: Record<string, string> }
  rules?: { if: string; when?: string }[]
}

export type Jobs = Record<string, Job>

export async function readJobs(root: string): Promise<Jobs> {
  return parse(await readFile(join(root, '.gitlab', 'lambdactl.yml'), 'utf8')) as Jobs
}

/** A job with everything of those that it extends. */
export function wholeJob(jobs: Jobs, name: string): Job {
  const job = jobs[name]
  if (!job) throw new Error(`there is no job ${name}`)
  const base: Job = job.extends === undefined ? {} : wholeJob(jobs, job.extends)
  return {
    ...base,
    ...job,
    variables: { ...base.variables, ...job.variables },
    artifacts: { ...base.artifacts, ...job.artifacts },
  }
}

/** The variables that a runner of GitLab sets. */
export function gitlabVariables(root: string, api: string): Record<string, string> {
  return {
    CI: 'true',
    GITLAB_CI: 'true',
    GITLAB_USER_LOGIN: 'ada',
    CI_API_V4_URL: api,
    CI_COMMIT_SHA: 'e83c5163316f89bfbde7d9ab23ca2e25604af290',
    CI_JOB_URL: 'https://gitlab.com/octo/shop/-/jobs/42',
    CI_MERGE_REQUEST_IID: '7',
    CI_PROJECT_DIR: root,
    CI_PROJECT_ID: '12',
    AWS_TOKEN: 'a-token',
  }
}

/** Runs the scripts of a job as GitLab's runner does: all in one bash, up to the first command that fails. */
export async function runGitlabJob(jobs: Jobs, name: string, { cwd, env }: Place): Promise<Finished> {
  const { before_script: before = [], script = [], variables = {} } = wholeJob(jobs, name)
  const own = Object.entries(variables).map(([key, text]) => [
    key,
    text.replace(/\$(\w+)/g, (_, variable: string) => env[variable] ?? ''),
  ])
  const text = ['set -eo pipefail', ...before, ...script].join('\n')
  const all = { ...env, ...(Object.fromEntries(own) as Record<string, string>) }
  return watched(spawn('bash', ['-c', text], { cwd, env: all })).ended
}

import { spawn } from 'node:child_process'
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { parse } from 'yaml'
import { type Finished, type Place, watched } from '../cli/cli.ts'

interface Step {
  uses?: string
  run?: string
  env?: Record<string, string>
  'working-directory'?: string
}

/** A workflow of GitHub Actions, as far as its runner reads it. */
export interface Workflow {
  env?: Record<string, string>
  defaults?: { run?: { 'working-directory'?: string } }
  jobs: Record<string, { needs?: string; environment?: string; steps: Step[] }>
}

/** The values of expressions, by their text: `inputs.reason`. */
export type Expressions = Readonly<Record<string, string>>

export async function readWorkflow(root: string, name: string): Promise<Workflow> {
  return parse(await readFile(join(root, '.github', 'workflows', name), 'utf8')) as Workflow
}

/** The variables that a runner of GitHub sets; its files are in a folder of the job. */
export function githubVariables(root: string, temporary: string): Record<string, string> {
  return {
    CI: 'true',
    GITHUB_ACTIONS: 'true',
    GITHUB_ACTOR: 'ada',
    GITHUB_WORKSPACE: root,
    GITHUB_REPOSITORY: 'octo/shop',
    GITHUB_SHA: 'e83c5163316f89bfbde7d9ab23ca2e25604af290',
    GITHUB_SERVER_URL: 'https://github.com',
    GITHUB_RUN_ID: '42',
    GITHUB_OUTPUT: join(temporary, 'outputs'),
    GITHUB_STEP_SUMMARY: join(temporary, 'summary'),
    RUNNER_TEMP: temporary,
  }
}

/**
 * Runs the scripts of a job as GitHub's runner does, each in a bash of its own and in its folder, up to the first that
 * fails; actions of others are left out.
 */
export async function runJob(
  { env = {}, defaults, jobs }: Workflow,
  name: string,
  { cwd: root, env: given }: Place,
  expressions: Expressions,
): Promise<Finished> {
  let last: Finished | undefined
  for (const step of jobs[name]?.steps ?? []) {
    if (step.run === undefined) continue
    const folder = step['working-directory'] ?? defaults?.run?.['working-directory'] ?? '.'
    const variables = { ...given, ...filled(env, expressions), ...filled(step.env ?? {}, expressions) }
    const script = join(given['RUNNER_TEMP'] ?? root, 'step.sh')
    await writeFile(script, step.run)
    last = await watched(spawn('bash', ['-e', script], { cwd: join(root, folder), env: variables })).ended
    if (last.exitCode !== 0) return last
  }
  if (!last) throw new Error(`the job ${name} runs nothing`)
  return last
}

function filled(variables: Record<string, string>, expressions: Expressions): Record<string, string> {
  return Object.fromEntries(
    Object.entries(variables).map(([name, text]) => [name, evaluated(text, expressions)]),
  )
}

function evaluated(text: string, expressions: Expressions): string {
  return text.replace(/\$\{\{ ([\w.-]+) \}\}/g, (_, expression: string) => {
    const value = expressions[expression]
    if (value === undefined) throw new Error(`no value for the expression ${expression}`)
    return value
  })
}

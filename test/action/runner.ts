import { spawn } from 'node:child_process'
import { mkdir, readFile, symlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { parse } from 'yaml'
import { type Place, type Running, watched } from '../cli/cli.ts'

export const root = join(import.meta.dirname, '..', '..')

interface Step {
  id?: string
  uses?: string
  shell?: string
  run?: string
  env?: Record<string, string>
}

/** action.yml, as far as a runner reads it. */
export interface Action {
  inputs: Record<string, { description: string; default?: string }>
  outputs: Record<string, { description: string; value: string }>
  runs: { using: string; steps: Step[] }
}

export async function readAction(): Promise<Action> {
  return parse(await readFile(join(root, 'action.yml'), 'utf8')) as Action
}

/** The end of the action's step. */
export interface Stepped {
  /** Null where a signal ended it. */
  exitCode: number | null
  stdout: string
  stderr: string
  outputs: Record<string, string>
  summary: string
}

/**
 * Runs the script of the action's own step as a runner does: in bash, with the inputs in its variables, and with files
 * for outputs and summary. The project in the folder has this program among its packages.
 */
export async function runAction(given: Readonly<Record<string, string>>, place: Place): Promise<Stepped> {
  return (await startAction(given, place)).stepped
}

/** As `runAction`, with the step's entry process, which alone gets the signals of a cancelled job. */
export async function startAction(
  given: Readonly<Record<string, string>>,
  { cwd, env }: Place,
): Promise<Pick<Running, 'child'> & { stepped: Promise<Stepped> }> {
  const { inputs, runs } = await readAction()
  const step = runs.steps.find(({ run }) => run !== undefined)
  const inputOf = (name: string) => given[name] ?? inputs[name]?.default ?? ''
  const filled = Object.entries(step?.env ?? {}).map(([name, text]): [string, string] => [
    name,
    text.replace(/\$\{\{ inputs\.([\w-]+) \}\}/g, (_, input: string) => inputOf(input)),
  ])
  await mkdir(join(cwd, 'node_modules'), { recursive: true })
  await symlink(root, join(cwd, 'node_modules', 'lambdactl')).catch(() => undefined)
  const [outputs, summary] = ['outputs', 'summary'].map((name) => join(cwd, `runner-${name}`))
  await Promise.all([writeFile(outputs ?? '', ''), writeFile(summary ?? '', '')])
  const runner = {
    GITHUB_ACTIONS: 'true',
    CI: 'true',
    GITHUB_ACTION_PATH: root,
    GITHUB_WORKSPACE: cwd,
    RUNNER_TEMP: cwd,
  }
  const files = { GITHUB_OUTPUT: outputs, GITHUB_STEP_SUMMARY: summary }
  const options = { cwd, env: { ...env, ...runner, ...files, ...Object.fromEntries<string>(filled) } }
  const script = join(cwd, 'runner-script.sh')
  await writeFile(script, step?.run ?? '')
  const bash = spawn('bash', ['--noprofile', '--norc', '-e', '-o', 'pipefail', script], options)
  const { child, ended } = watched(bash)
  const stepped = ended.then(async ({ exitCode, stdout, stderr }) => ({
    exitCode,
    stdout,
    stderr,
    outputs: readOutputs(await readFile(outputs ?? '', 'utf8')),
    summary: await readFile(summary ?? '', 'utf8'),
  }))
  return { child, stepped }
}

/** Reads `name<<end`, the lines of the value, `end`. */
function readOutputs(text: string): Record<string, string> {
  const found = [...text.matchAll(/^([\w-]+)<<(.+)\n([^]*?)\n\2$/gm)]
  return Object.fromEntries(found.map(([, name = '', , value = '']) => [name, value]))
}

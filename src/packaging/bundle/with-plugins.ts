import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { BuildFailure } from 'esbuild'
import { LambdactlError } from '../../errors/error.ts'
import type { NextStep } from '../../errors/next-step.ts'
import { temporaryFolder } from '../cache/folder-for-run.ts'
import type { Built, RunEsbuild } from '../model/run-esbuild.ts'
import type { Tools } from '../model/types.ts'
import { runTool } from '../tools/run-tool.ts'
import { quietly } from './esbuild.ts'
import { bundleFailed } from './failure.ts'

/** The same as the default timeout of `build:`. */
const timeoutMs = 600_000

/** The outcome that the process writes; contents are base64. */
interface Outcome {
  readonly built?: Omit<Built, 'outputFiles'> & { outputFiles: { path: string; contents: string }[] }
  readonly failure?: Pick<BuildFailure, 'errors'>
  /** A sentence about a plugin that can't be loaded. */
  readonly wrong?: string
}

/**
 * Returns a runner for esbuild with plugins. Plugins are the project's code, like build commands, so they run in a
 * process of their own. The process starts in the source folder; build commands start in the folder of lambdactl.yaml.
 * Its output is shown only if it fails.
 *
 * @param plugins absolute paths of ES modules
 */
export function esbuildWith(
  plugins: readonly string[],
  tools: Pick<Tools, 'runCommand' | 'signal'>,
): RunEsbuild {
  return async (options) => {
    const root = options.absWorkingDir ?? ''
    const { built, failure, wrong } = await run({ ...options, ...quietly }, root, plugins, tools)
    if (failure) throw bundleFailed(failure, options)
    if (!built) throw notLoaded(wrong ?? 'it gave no result')
    const outputFiles = built.outputFiles.map(({ path, contents }) => {
      return { path, contents: Buffer.from(contents, 'base64') }
    })
    return { ...built, outputFiles }
  }
}

async function run(
  options: object,
  directory: string,
  plugins: readonly string[],
  tools: Pick<Tools, 'runCommand' | 'signal'>,
): Promise<Outcome> {
  await using folder = await temporaryFolder('bundle')
  const task = join(folder.path, 'task.json')
  const result = join(folder.path, 'result.json')
  await writeFile(task, JSON.stringify({ options, plugins, result }))
  const program = fileURLToPath(import.meta.resolve('#loaders/esbuild.mjs'))
  const command = { args: [process.execPath, program, task], directory, timeoutMs }
  await runTool(tools, `esbuild with ${plugins.join(', ')}`, command, [correct])
  return JSON.parse(await readFile(result, 'utf8')) as Outcome
}

const correct: NextStep = (config) => `Correct the plugin, or plugins: of bundle: in ${config.name}.`

function notLoaded(wrong: string): LambdactlError {
  return new LambdactlError('PACKAGE_INVALID', `A plugin of the bundle can't be loaded. ${wrong}.`, {
    next: [correct],
  })
}

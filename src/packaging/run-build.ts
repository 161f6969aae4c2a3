import { stat } from 'node:fs/promises'
import { LambdactlError } from '../errors/error.ts'
import { runTool } from './run-tool.ts'
import type { BuildCommand, Tools } from './types.ts'

/** The builds of one run of lambdactl, by what they are. */
const begun = new WeakMap<AbortSignal, Map<string, Promise<void>>>()

/**
 * Runs a function's build command. Functions that are built by the same command in the same folder are built once, and
 * commands in one folder never run at the same time.
 *
 * @throws LambdactlError PACKAGE_INVALID with the end of its output where it fails
 */
export async function runBuild(build: BuildCommand | undefined, tools: Tools): Promise<void> {
  if (!build) return
  const builds = begun.get(tools.signal) ?? new Map<string, Promise<void>>()
  begun.set(tools.signal, builds)
  const key = JSON.stringify([build.directory, build.args])
  const running = builds.get(key) ?? after(builds.get(build.directory), () => runOnce(build, tools))
  builds.set(key, running)
  builds.set(build.directory, running)
  return running
}

async function after(other: Promise<void> | undefined, action: () => Promise<void>): Promise<void> {
  // What the other one failed with is told where it was begun.
  await Promise.allSettled([other])
  return action()
}

async function runOnce(build: BuildCommand, tools: Tools): Promise<void> {
  const { args, directory } = build
  const isThere = await stat(directory).then(
    (found) => found.isDirectory(),
    () => false,
  )
  if (!isThere) {
    throw new LambdactlError(
      'PACKAGE_INVALID',
      `The source ${directory}: expected a folder to run build: in, got none.`,
      { next: ['Correct source: in lambdactl.yaml.'] },
    )
  }
  // The arguments are not named: a secret may be among them.
  tools.tell(`building with ${args[0]}`)
  await runTool(tools, `build: (${args[0]} in ${directory})`, build, [
    'Run it there by hand, or correct build: in lambdactl.yaml.',
  ])
}

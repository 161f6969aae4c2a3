import { existsSync } from 'node:fs'
import { access, constants } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Failure } from '../model/failure.ts'
import type { FunctionFacts } from '../model/function-facts.ts'
import { interpreterOf } from './interpreters.ts'

/** The program to start for a function's runtime. */
export interface RuntimeCommand {
  file: string
  args: string[]
  /** Whether it ends in one of the sandbox's own runtimes, which get the address of their Runtime API. */
  isOwn: boolean
}

/** The folder of the bootstraps. */
export const bootstrapDirectory = dirname(fileURLToPath(import.meta.resolve('#bootstraps/node.mjs')))

/**
 * The command for a function's runtime. Node.js and Python run with this machine's interpreters of the nearest version;
 * `provided` runs its own bootstrap.
 *
 * @param places the folders in place of Lambda's /var/task and /opt
 */
export async function runtimeCommand(
  facts: FunctionFacts,
  places: { task: string; opt: string },
): Promise<RuntimeCommand | Failure> {
  const { runtime } = facts
  if (/^(?:nodejs|python)/.test(runtime)) return managedRuntime(facts, places)
  if (runtime.startsWith('provided')) return ownBootstrap(facts, places.task)
  if (runtime === '') {
    const message = "The sandbox can't run container images: it stores them and publishes versions of them."
    return { errorType: 'Runtime.InvalidEntrypoint', message }
  }
  return {
    errorType: 'Runtime.InvalidRuntime',
    message: `The sandbox runs nodejs, python and provided runtimes, and has no ${runtime}.`,
  }
}

async function managedRuntime(
  facts: FunctionFacts,
  { task, opt }: { task: string; opt: string },
): Promise<RuntimeCommand | Failure> {
  const interpreter = await interpreterOf(facts.runtime)
  if (!interpreter) {
    const message = `The sandbox found no python3 on the PATH to run ${facts.runtime}.`
    return { errorType: 'Runtime.InvalidEntrypoint', message }
  }
  const { file } = interpreter
  const args = facts.runtime.startsWith('python') ? pythonArgs : nodeArgs(facts)
  const wrapper = facts.variables['AWS_LAMBDA_EXEC_WRAPPER']
  if (!wrapper) return { file, args, isOwn: true }
  // A shell, since a wrapper that is missing ends the runtime with the status of a shell.
  const place = wrapper.replace(/^\/opt(?=\/)/, opt).replace(/^\/var\/task(?=\/)/, task)
  return { file: '/bin/sh', args: ['-c', 'exec "$0" "$@"', place, file, ...args], isOwn: true }
}

/** -B leaves the code directory unchanged; -u prints without delay. */
const pythonArgs = ['-B', '-u', join(bootstrapDirectory, 'python.py')]

/** As in Lambda, nine tenths of the memory are for old objects. */
function nodeArgs({ memoryMb }: FunctionFacts): string[] {
  const guard = join(bootstrapDirectory, 'node-guard.cjs')
  const heap = `--max-old-space-size=${Math.floor(memoryMb * 0.9)}`
  return [heap, '--require', guard, join(bootstrapDirectory, 'node.mjs')]
}

async function ownBootstrap(
  { codeDirectory, layersDirectory }: FunctionFacts,
  task: string,
): Promise<RuntimeCommand | Failure> {
  const own = join(codeDirectory, 'bootstrap')
  const isOwn = layersDirectory === undefined || existsSync(own)
  const file = isOwn ? own : join(layersDirectory, 'bootstrap')
  const errorType = 'Runtime.InvalidEntrypoint'
  try {
    await access(file, constants.X_OK)
    return { file: isOwn ? join(task, 'bootstrap') : file, args: [], isOwn: false }
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EACCES') {
      return { errorType, message: 'fork/exec /var/task/bootstrap: permission denied' }
    }
    return { errorType, message: "Couldn't find valid bootstrap(s): [/var/task/bootstrap /opt/bootstrap]" }
  }
}

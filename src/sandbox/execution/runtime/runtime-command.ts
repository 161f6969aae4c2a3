import { existsSync } from 'node:fs'
import { access, constants } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Failure } from '../model/failure.ts'
import type { FunctionFacts } from '../model/function-facts.ts'

/** The program to start for a function's runtime. */
export interface RuntimeCommand {
  file: string
  args: string[]
}

/** The folder of the bootstraps. */
export const bootstrapDirectory = dirname(fileURLToPath(import.meta.resolve('#bootstraps/node.mjs')))

/** Node.js and Python run with the sandbox's own interpreters, in any version; `provided` runs its own bootstrap. */
export async function runtimeCommand(facts: FunctionFacts): Promise<RuntimeCommand | Failure> {
  const { runtime } = facts
  if (runtime.startsWith('nodejs')) {
    return { file: process.execPath, args: [join(bootstrapDirectory, 'node.mjs')] }
  }
  if (runtime.startsWith('python')) {
    // -B leaves the code directory unchanged; -u prints without delay.
    return { file: 'python3', args: ['-B', '-u', join(bootstrapDirectory, 'python.py')] }
  }
  if (runtime.startsWith('provided')) return ownBootstrap(facts)
  if (runtime === '') {
    const message = "The sandbox can't run container images: it stores them and publishes versions of them."
    return { errorType: 'Runtime.InvalidEntrypoint', message }
  }
  return {
    errorType: 'Runtime.InvalidRuntime',
    message: `The sandbox runs nodejs, python and provided runtimes, and has no ${runtime}.`,
  }
}

async function ownBootstrap({
  codeDirectory,
  layersDirectory,
}: FunctionFacts): Promise<RuntimeCommand | Failure> {
  const own = join(codeDirectory, 'bootstrap')
  const file = layersDirectory === undefined || existsSync(own) ? own : join(layersDirectory, 'bootstrap')
  const errorType = 'Runtime.InvalidEntrypoint'
  try {
    await access(file, constants.X_OK)
    return { file, args: [] }
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EACCES') {
      return { errorType, message: 'fork/exec /var/task/bootstrap: permission denied' }
    }
    return { errorType, message: "Couldn't find valid bootstrap(s): [/var/task/bootstrap /opt/bootstrap]" }
  }
}

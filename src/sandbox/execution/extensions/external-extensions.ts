import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import type { Overlay, Program } from '../../../processes/wall.ts'
import type { FunctionFacts } from '../model/function-facts.ts'

/** The variables of a function that its extensions don't get. */
const withheld = new Set([
  'AWS_EXECUTION_ENV',
  'AWS_LAMBDA_LOG_GROUP_NAME',
  'AWS_LAMBDA_LOG_STREAM_NAME',
  'LAMBDA_RUNTIME_DIR',
  'LAMBDA_TASK_ROOT',
  '_HANDLER',
])

/** The names of the files in `/opt/extensions`, which Lambda starts as extensions. */
export async function externalExtensions({ layersDirectory }: Pick<FunctionFacts, 'layersDirectory'>) {
  if (layersDirectory === undefined) return []
  try {
    const entries = await readdir(join(layersDirectory, 'extensions'), { withFileTypes: true })
    return entries.flatMap((entry) => (entry.isDirectory() ? [] : [entry.name])).toSorted()
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return []
    throw error
  }
}

/**
 * The program of an extension.
 *
 * @param variables the function's
 * @param mark a text that no other process has in its variables
 */
export function extensionProgram(
  name: string,
  { layersDirectory = '' }: Pick<FunctionFacts, 'layersDirectory'>,
  variables: Readonly<Record<string, string>>,
  { overlays, mark }: { overlays: readonly Overlay[]; mark: string },
): Program {
  const given = Object.entries(variables).filter(([variable]) => !withheld.has(variable))
  return {
    file: join(layersDirectory, 'extensions', name),
    args: [],
    directory: '/',
    variables: { ...Object.fromEntries(given), _LAMBDACTL_EXTENSION: mark },
    overlays,
  }
}

import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { pythonHandler } from '../model/handler.ts'
import type { FunctionPackage, LoadingSource } from '../model/types.ts'

/**
 * The Python files that are the function's own, not a dependency's. If dependencies lie among them, as in a zip or a
 * folder that they were installed into, only the handler's own file is known to be.
 */
export function ownModules(
  { source, handler }: Pick<LoadingSource, 'source' | 'handler'>,
  { files }: Pick<FunctionPackage, 'files'>,
): string[] {
  const isMixed = source.endsWith('.zip') || readdirSync(source).some((name) => name.endsWith('.dist-info'))
  if (isMixed) return [`${pythonHandler(handler).module}.py`]
  return files
    .map(({ path }) => path)
    .filter((path) => path.endsWith('.py') && existsSync(join(source, path)))
}

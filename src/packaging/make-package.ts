import type { FunctionPackage, MakingSource, Tools } from './model/types.ts'
import { packageFunction } from './package-function.ts'
import { installRequirements } from './python/install.ts'
import { withBuild } from './tools/with-build.ts'

/**
 * Makes a function's package from its source: runs its build command, installs its dependencies, then packages the
 * files.
 *
 * @throws LambdactlError PACKAGE_INVALID, as `packageFunction`, or if a command fails
 */
export async function makePackage(fn: MakingSource, tools: Tools): Promise<FunctionPackage> {
  return withBuild(fn, tools, async () => {
    await using installed = await installRequirements(fn, tools)
    const built = await packageFunction(fn, {
      installed: installed?.folder,
      onProgress: tools.onProgress,
      tools,
    })
    return installed ? { ...built, notes: [...built.notes, installed.note] } : built
  })
}

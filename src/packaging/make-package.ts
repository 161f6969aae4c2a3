import type { FunctionPackage, MakingSource, Tools } from './model/types.ts'
import { packageFunction } from './package-function.ts'
import { installRequirements } from './python/install.ts'
import { withBuild } from './tools/with-build.ts'

/**
 * A function's package from its source: built by its own command, its dependencies installed, then packaged.
 *
 * @throws LambdactlError PACKAGE_INVALID, as `packageFunction`, or where a command fails
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

import { locateCode } from '../iac/cdk/locate-code.ts'
import type { FunctionPackage, MakingSource, Tools } from './model/types.ts'
import { packageFunction } from './package-function.ts'
import { installRequirements } from './python/install.ts'
import { withBuild } from './tools/with-build.ts'

/**
 * Makes a function's package from its source: runs its build command, installs its dependencies, then packages the
 * files. The code of an infrastructure tool's output is looked up after the build, which may have put it elsewhere.
 *
 * @throws LambdactlError PACKAGE_INVALID, as `packageFunction`, or if a command fails
 */
export async function makePackage(fn: MakingSource, tools: Tools): Promise<FunctionPackage> {
  return withBuild(fn, tools, async () => {
    const source = fn.part === undefined ? fn.source : await locateCode(fn.source, fn.part)
    const made = { ...fn, source }
    await using installed = await installRequirements(made, tools)
    const { onProgress } = tools
    const built = await packageFunction(made, { installed: installed?.folder, onProgress, tools })
    return { ...built, source, notes: [...built.notes, ...(installed ? [installed.note] : [])] }
  })
}

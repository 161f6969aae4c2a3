import { existsSync } from 'node:fs'
import { basename } from 'node:path'
import type { MakingSource } from '../model/types.ts'
import { wantedRequirements } from './install.ts'

/**
 * Says which part of a package is not made where nothing of the project may run. Undefined where all of it can be made: a
 * folder that is packed or bundled, without plugins, runs nothing.
 *
 * @throws LambdactlError PACKAGE_INVALID for dependencies that are declared in a way that isn't installed
 */
export async function leftUndone(fn: MakingSource): Promise<string | undefined> {
  if (fn.build) {
    const missing = existsSync(fn.source) ? '' : ` and ${fn.source} is not there`
    return `build: was not run${missing}`
  }
  if (typeof fn.bundle === 'object' && fn.bundle.plugins?.length) return 'the plugins of bundle: were not run'
  const requirements = await wantedRequirements(fn)
  return requirements && `${basename(requirements.file)} was not installed`
}

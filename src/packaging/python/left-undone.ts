import { existsSync } from 'node:fs'
import { basename } from 'node:path'
import type { MakingSource } from '../model/types.ts'
import { wantedRequirements } from './install.ts'

/**
 * Names the part of a package that can't be made if no code of the project may run. Undefined if everything can be
 * made: packing or bundling a folder without plugins runs no code.
 *
 * @throws LambdactlError PACKAGE_INVALID for dependencies in a form that lambdactl doesn't install
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

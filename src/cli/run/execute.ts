import { execute as executeByOclif } from '@oclif/core/execute'
import { settings } from '@oclif/core/settings'

/**
 * Runs the command that the arguments name.
 *
 * @param dir a module of the installed program, from which oclif finds its package.json and manifest
 */
export async function execute(dir: string): Promise<void> {
  // The built commands count, for any NODE_ENV.
  settings.enableAutoTranspile = false
  await executeByOclif({ dir })
}

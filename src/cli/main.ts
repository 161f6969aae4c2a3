import { execute } from '@oclif/core/execute'
import { settings } from '@oclif/core/settings'

/**
 * Runs the command that the arguments name.
 *
 * @param dir a module of the installed program, from which oclif finds its package.json and manifest
 */
export async function main(dir: string): Promise<void> {
  // The built commands are the truth, whatever NODE_ENV says.
  settings.enableAutoTranspile = false
  await execute({ dir })
}

import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { noTemporaryFolder } from '../../errors/no-temporary-folder.ts'
import { type PassingFolder, passingFolder } from './passing-folder.ts'

/**
 * Makes a temporary folder. It is removed when it is disposed, or when this process exits.
 *
 * @param name the purpose, as in `load`
 * @throws LambdactlError USAGE if no folder can be made
 */
export async function temporaryFolder(name: string): Promise<PassingFolder> {
  try {
    return await passingFolder(join(tmpdir(), `lambdactl-${name}-`))
  } catch (cause) {
    throw noTemporaryFolder(tmpdir(), cause)
  }
}

const made = new WeakMap<AbortSignal, Promise<PassingFolder>>()

/**
 * The folder that replaces the cache for one run of lambdactl, and is removed with it.
 *
 * @throws LambdactlError as `temporaryFolder`
 */
export async function folderForRun(signal: AbortSignal): Promise<string> {
  const folder = made.get(signal) ?? temporaryFolder('run')
  made.set(signal, folder)
  return (await folder).path
}

import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { noTemporaryFolder } from '../../errors/no-temporary-folder.ts'
import { type PassingFolder, passingFolder } from './passing-folder.ts'

/**
 * A folder among the temporary ones, which goes when it is disposed, or with this process.
 *
 * @param name says what it is for, as in `load`
 * @throws LambdactlError USAGE where none can be made
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
 * The folder that takes the place of a cache in one run of lambdactl, and goes with it.
 *
 * @throws LambdactlError as `temporaryFolder`
 */
export async function folderForRun(signal: AbortSignal): Promise<string> {
  const folder = made.get(signal) ?? temporaryFolder('run')
  made.set(signal, folder)
  return (await folder).path
}

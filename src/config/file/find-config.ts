import { access, stat } from 'node:fs/promises'
import { dirname, join, resolve } from 'node:path'
import { LambdactlError } from '../../errors/error.ts'

export const configFileName = 'lambdactl.yaml'

/**
 * The absolute path of `lambdactl.yaml` in a folder or in the nearest one above it.
 *
 * @throws LambdactlError CONFIG_NOT_FOUND
 */
export async function findConfig(startDirectory: string): Promise<string> {
  const start = resolve(startDirectory)
  let directory = start
  for (;;) {
    const path = join(directory, configFileName)
    if (await exists(path)) return requireOwnFile(path, start)
    const parent = dirname(directory)
    if (parent === directory) break
    directory = parent
  }
  throw configNotFound(`There is no ${configFileName} in ${start} or any folder above it.`)
}

/**
 * A folder that others may write to, such as /tmp, may hold another person's file.
 *
 * @throws LambdactlError UNTRUSTED for a file whose owner is neither this user, nor root, nor the owner of the folder
 * where the search began
 */
async function requireOwnFile(path: string, start: string): Promise<string> {
  const [file, folder] = await Promise.all([stat(path), stat(start)])
  const owners = [process.getuid?.() ?? file.uid, 0, folder.uid]
  if (owners.includes(file.uid)) return path
  throw new LambdactlError(
    'UNTRUSTED',
    `${path} belongs to another user of this machine, and you did not name it.`,
    {
      next: [`If you mean that file: --config ${path}.`],
    },
  )
}

async function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  )
}

/** The error for a file that is not there. */
export function configNotFound(message: string): LambdactlError {
  const next = ["Go to the service's folder, or run `lambdactl init` to start one."]
  return new LambdactlError('CONFIG_NOT_FOUND', message, { next })
}

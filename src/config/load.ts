import { access, readFile, stat } from 'node:fs/promises'
import { dirname, isAbsolute, join, relative, resolve } from 'node:path'
import { LambdactlError } from '../errors/error.ts'
import { parseConfig } from './parse.ts'
import type { Config } from './service/config.ts'

const configFileName = 'lambdactl.yaml'

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
  throw notFound(`There is no ${configFileName} in ${start} or any folder above it.`)
}

/**
 * Reads and checks a configuration file.
 *
 * @throws LambdactlError CONFIG_NOT_FOUND, or CONFIG_INVALID with each problem on a line of its own
 */
export async function loadConfig(path: string): Promise<Config> {
  const absolute = resolve(path)
  return parseConfig(await readText(absolute), { path: absolute, shownAs: shownName(absolute) })
}

async function readText(path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8')
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException
    if (code === 'ENOENT' || code === 'ENOTDIR') throw notFound(`There is no file ${path}.`)
    if (code === 'EISDIR') {
      throw new LambdactlError('CONFIG_INVALID', `Expected a configuration file, got a folder: ${path}.`, {
        next: [`Name the file in it: --config ${join(path, configFileName)}`],
      })
    }
    throw new LambdactlError('CONFIG_INVALID', `${path} can't be read: ${(cause as Error).message}.`, {
      cause,
    })
  }
}

function notFound(message: string): LambdactlError {
  const next = ["Go to the service's folder, or run `lambdactl init` to start one."]
  return new LambdactlError('CONFIG_NOT_FOUND', message, { next })
}

/** Relative for a file nearby, so that editors and terminals link it; absolute for others. */
export function shownName(path: string): string {
  const near = relative(process.cwd(), path)
  return near.startsWith('..') || isAbsolute(near) ? resolve(path) : near
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

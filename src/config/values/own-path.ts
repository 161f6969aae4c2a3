import { realpathSync } from 'node:fs'
import { homedir, userInfo } from 'node:os'
import { join, relative, sep } from 'node:path'
import { LambdactlError } from '../../errors/error.ts'

/** Folders of the machine with no content that a person would want to send away. */
const ofTheMachine = ['/etc', '/proc', '/sys', '/dev', '/run', '/var/run', '/boot']

/**
 * Refuses a path in the file that leads, directly or by links, to private content of the user or the machine: a dot
 * folder in the home (`~/.aws`, `~/.ssh`), the home as a whole or a folder above it, `/etc`. Content beside the file is
 * its own.
 *
 * @param directory that holds the file
 * @param place of the field, for messages
 * @throws LambdactlError CONFIG_INVALID
 */
export function requireOwnPath(path: string, directory: string, place: string): void {
  const real = realOf(path)
  // A missing path is reported when it is read.
  if (real === undefined || isWithin(real, realOf(directory) ?? directory)) return
  const homes = homesOf(directory)
  const isPrivate =
    homes.some((home) => isWithin(home, real) || isDotFolder(relative(home, real))) ||
    ofTheMachine.some((folder) => isWithin(real, realOf(folder) ?? folder))
  if (!isPrivate) return
  throw new LambdactlError(
    'CONFIG_INVALID',
    `${place}: expected a path of this project, got ${real}, which is private to you or to this machine.`,
    { next: ['Copy the file into the project.'] },
  )
}

/** The user's homes, by variable and by the system, except a home where the file itself lies in a dot folder. */
function homesOf(directory: string): string[] {
  const own = realOf(directory) ?? directory
  return [homedir(), userHome()]
    .flatMap((home) => (home && home !== sep ? [realOf(home) ?? home] : []))
    .filter((home) => !isDotFolder(relative(home, own)))
}

function userHome(): string | undefined {
  try {
    return userInfo().homedir
  } catch {
    // A container's user may have no entry.
    return undefined
  }
}

function isDotFolder(fromHome: string): boolean {
  return /^\.[^.]/.test(fromHome) || /^\.\.[^/\\]/.test(fromHome)
}

/** Tells whether a path is a folder or lies in it. */
function isWithin(path: string, folder: string): boolean {
  return path === folder || path.startsWith(folder.endsWith(sep) ? folder : join(folder, sep))
}

function realOf(path: string): string | undefined {
  try {
    return realpathSync(path)
  } catch {
    return undefined
  }
}

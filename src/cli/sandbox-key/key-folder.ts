import { lstatSync } from 'node:fs'
import { homedir } from 'node:os'
import { isAbsolute, join } from 'node:path'
import { makeFolderSync } from '../../folders/make-folder.ts'

export type Variables = Readonly<Record<string, string | undefined>>

/**
 * The folders for keys of this user's sandboxes, the best first: the session's folder, which the system keeps private,
 * or the folder of the user's state.
 */
export function keyFolders(variables: Variables): string[] {
  const session = variables['XDG_RUNTIME_DIR']
  const named = variables['XDG_STATE_HOME']
  const state = named && isAbsolute(named) ? [named] : home().map((folder) => join(folder, '.local', 'state'))
  return [...(session && isAbsolute(session) ? [session] : []), ...state].map((folder) =>
    join(folder, 'lambdactl', 'sandboxes'),
  )
}

/** Empty if the system does not know the user, as in a container, and HOME is not set. */
function home(): string[] {
  try {
    return [homedir()]
  } catch {
    return []
  }
}

/** Makes the first of the folders that nobody else may read or write; undefined if there is none. */
export function openKeyFolder(variables: Variables): string | undefined {
  return keyFolders(variables).find((folder) => {
    try {
      makeFolderSync(folder, 0o700)
      return isPrivate(folder)
    } catch {
      // A read-only home, or another user's.
      return false
    }
  })
}

/** Tells whether a file or folder is this user's and closed to others; a link is not. */
export function isPrivate(path: string): boolean {
  const found = lstatSync(path, { throwIfNoEntry: false })
  if (!found || found.isSymbolicLink()) return false
  // Windows has neither owners nor modes; there the folder is in the user's profile.
  return process.getuid === undefined || (found.uid === process.getuid() && (found.mode & 0o077) === 0)
}

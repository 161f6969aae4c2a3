import { type FSWatcher, lstatSync, readdirSync, watch } from 'node:fs'
import { basename, dirname, join, sep } from 'node:path'
import { LambdactlError } from '../../errors/error.ts'
import { ignoredIn } from './ignored.ts'

/** The paths that are watched; all absolute. */
export interface Watched {
  /** Folders with everything below them that is not ignored there. A missing one is waited for. */
  readonly folders: readonly string[]
  /** Single files, which may be ignored or missing. */
  readonly files: readonly string[]
}

/** Reports changes of files until it is closed. */
export interface FileWatch extends Disposable {
  /** Watches these paths in place of those before. @throws LambdactlError USAGE if the system has no watches left */
  follow(watched: Watched): void
}

type Ignored = ReturnType<typeof ignoredIn>

/** A folder whose entries are watched. */
interface Place {
  readonly watcher: FSWatcher
  /** The rules of the watched folder that it belongs to; undefined if only single files in it are watched. */
  readonly ignored: Ignored | undefined
}

/**
 * Watches folder by folder: a recursive watch of the system would take in node_modules.
 *
 * @param onChange gets the absolute path of a file that was written, made or removed; often more than once for a save
 */
export function watchFiles(onChange: (path: string) => void): FileWatch {
  const places = new Map<string, Place>()
  let roots = new Map<string, Ignored>()
  let files: ReadonlySet<string> = new Set()

  const forget = (folder: string) => {
    places.get(folder)?.watcher.close()
    places.delete(folder)
  }
  const forgetBelow = (folder: string) => {
    for (const path of places.keys()) if (path.startsWith(`${folder}${sep}`)) forget(path)
    if (!files.has(folder)) forget(folder)
  }
  const open = (folder: string, ignored: Ignored | undefined) => {
    const known = places.get(folder)
    if (known && (known.ignored || !ignored)) return
    known?.watcher.close()
    const watcher = watched(folder, (type, name) => look(folder, type, name))
    if (!watcher) return
    watcher.on('error', () => forget(folder))
    places.set(folder, { watcher, ignored })
  }
  const openTree = (folder: string, ignored: Ignored, onFile?: (path: string) => void) => {
    open(folder, ignored)
    for (const entry of entriesOf(folder)) {
      const path = join(folder, entry.name)
      if (ignored(path, entry.isDirectory())) continue
      if (entry.isDirectory()) openTree(path, ignored, onFile)
      else onFile?.(path)
    }
  }
  const look = (folder: string, type: string, name: string | null) => {
    if (name === null) return onChange(folder)
    const path = join(folder, name)
    const ignored = roots.get(path) ?? places.get(folder)?.ignored
    const isFolder = isFolderAt(path)
    const isWanted = ignored !== undefined && !ignored(path, isFolder)
    if (isFolder && isWanted && type === 'rename') {
      forgetBelow(path)
      forget(path)
      openTree(path, ignored, onChange)
    }
    if (!isFolder && places.has(path)) forgetBelow(path)
    if (files.has(path) || (isWanted && !isFolder)) onChange(path)
  }
  return {
    follow(wanted) {
      for (const folder of places.keys()) forget(folder)
      roots = new Map(wanted.folders.map((folder) => [folder, ignoredIn(folder)]))
      files = new Set(wanted.files)
      for (const [folder, ignored] of roots) openTree(folder, ignored)
      for (const path of [...files, ...roots.keys()]) open(dirname(path), undefined)
    },
    [Symbol.dispose]() {
      for (const folder of places.keys()) forget(folder)
    },
  }
}

/** Undefined for a folder that is not there, or that this user may not read. */
function watched(
  folder: string,
  onEvent: (type: string, name: string | null) => void,
): FSWatcher | undefined {
  try {
    return watch(folder, onEvent)
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    if (code === 'ENOENT' || code === 'ENOTDIR' || code === 'EACCES') return undefined
    throw noWatch(folder, error)
  }
}

function noWatch(folder: string, cause: unknown): LambdactlError {
  const why = cause instanceof Error ? cause.message : String(cause)
  return new LambdactlError('USAGE', `${basename(folder)} can't be watched for changes: ${why}.`, {
    next: [
      'The system may have no watches left: raise fs.inotify.max_user_watches (Linux), or name fewer functions.',
    ],
    cause,
  })
}

function entriesOf(folder: string) {
  try {
    return readdirSync(folder, { withFileTypes: true })
  } catch {
    // It was removed meanwhile, and its parent tells so.
    return []
  }
}

function isFolderAt(path: string): boolean {
  return lstatSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false
}

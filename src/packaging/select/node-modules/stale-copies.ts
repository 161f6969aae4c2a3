import { type Dirent, lstatSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join, relative, resolve } from 'node:path'
import { dependenciesOf } from '../../model/package-json.ts'
import { installCommand } from './install-command.ts'

/** The most files that are compared in a dependency's folder. */
const mostFiles = 5000

/**
 * Names copies in node_modules that differ from their folder on this machine, one sentence each. Some package managers
 * copy the folder for `file:`; most make a link, which can't differ.
 */
export function staleCopies(source: string): string[] {
  const root = rootOf(source)
  const text = root && readFileSync(join(root, 'package.json'), 'utf8')
  if (!root || !text) return []
  const notes: string[] = []
  for (const [name, wanted] of Object.entries(dependenciesOf(text))) {
    const path = /^(?:file|portal):(.*)$/.exec(wanted)?.[1]
    const copy = join(root, 'node_modules', name)
    if (path === undefined || !isFolder(copy)) continue
    const original = resolve(root, path)
    if (isFolder(original) && isStale(copy, original)) {
      notes.push(
        `${relative(source, copy)} is a copy of ${path}, which has changed since: ${installCommand(source)} copies it again`,
      )
    }
  }
  return notes
}

/** The nearest folder upwards that has a package.json. */
function rootOf(source: string): string | undefined {
  for (let folder = source; ; folder = dirname(folder)) {
    if (lstatSync(join(folder, 'package.json'), { throwIfNoEntry: false })?.isFile()) return folder
    if (folder === dirname(folder)) return undefined
  }
}

/**
 * Tells whether a file of the copy differs in the original. Files that only the original has may not belong to the
 * package.
 */
function isStale(copy: string, original: string): boolean {
  const files = filesOf(copy)
  return files.some((path) => {
    const status = lstatSync(join(original, path), { throwIfNoEntry: false })
    return !status?.isFile() || !readFileSync(join(copy, path)).equals(readFileSync(join(original, path)))
  })
}

/** Returns the paths of files, without package.json, which installers may rewrite. */
function filesOf(folder: string): string[] {
  const found: string[] = []
  const add = (path: string): void => {
    for (const entry of readdirSync(join(folder, path), { withFileTypes: true }).filter(isOwn)) {
      if (found.length >= mostFiles) return
      if (entry.isDirectory()) add(join(path, entry.name))
      else if (entry.isFile()) found.push(join(path, entry.name))
    }
  }
  add('')
  return found
}

function isOwn({ name }: Dirent): boolean {
  return name !== 'node_modules' && name !== 'package.json'
}

function isFolder(path: string): boolean {
  return lstatSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false
}

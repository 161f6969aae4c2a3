import { createHash } from 'node:crypto'
import { existsSync, lstatSync } from 'node:fs'
import { cp, lstat, mkdtemp, readdir, rename, rm } from 'node:fs/promises'
import { join, relative } from 'node:path'

/**
 * Puts the files of folders into one new folder beside them, whole or not at all; a later folder covers the files of
 * those before it. Nothing is copied for a single folder.
 *
 * @param names of folders in `directory`
 * @returns the name of the folder with all files
 */
export async function merge(directory: string, names: readonly string[]): Promise<string> {
  const [first = '', ...others] = names
  if (others.length === 0) return first
  const name = `layers-${createHash('sha256').update(names.join(' ')).digest('hex')}`
  if (existsSync(join(directory, name))) return name
  const unfinished = await mkdtemp(join(directory, '.layers-'))
  try {
    for (const part of names) {
      await makeWay(unfinished, join(directory, part))
      await cp(join(directory, part), unfinished, { recursive: true, verbatimSymlinks: true })
    }
    await rename(unfinished, join(directory, name))
  } catch (error) {
    await rm(unfinished, { recursive: true, force: true })
    // If the folder exists, another request with the same layers was faster.
    if (!existsSync(join(directory, name))) throw error
  }
  return name
}

/** Removes the entries that `cp` would refuse to replace by the part's: those of another kind, and those of links. */
async function makeWay(merged: string, part: string): Promise<void> {
  // A folder comes before its entries, so none is looked for behind a link.
  for (const entry of await readdir(part, { recursive: true, withFileTypes: true })) {
    const covered = join(merged, relative(part, entry.parentPath), entry.name)
    const found = lstatSync(covered, { throwIfNoEntry: false })
    if (!found) continue
    if (entry.isSymbolicLink() || entry.isDirectory() !== found.isDirectory()) {
      await rm(covered, { recursive: true })
    }
  }
}

/** The bytes of all files in a folder. */
export async function sizeOf(folder: string): Promise<number> {
  // Without their types, entries behind links are among them.
  const entries = await readdir(folder, { recursive: true, withFileTypes: true })
  const files = entries.filter((entry) => entry.isFile())
  const found = await Promise.all(files.map(({ parentPath, name }) => lstat(join(parentPath, name))))
  return found.reduce((sum, { size }) => sum + size, 0)
}

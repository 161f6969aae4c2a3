import type { Stats } from 'node:fs'
import { readdir, readlink, realpath, stat } from 'node:fs/promises'
import { join, sep } from 'node:path'
import { LambdactlError } from '../errors/error.ts'
import { type Excludes, holdsPrivateKey, readExcludes } from './excludes.ts'
import { byPath } from './order.ts'
import type { FileMode } from './types.ts'

export interface SelectedFile {
  /** POSIX, relative to the folder. */
  readonly path: string
  readonly absolutePath: string
  /** Bytes. */
  readonly size: number
  readonly mode: FileMode
}

export interface Selection {
  /** Sorted by path. */
  readonly files: readonly SelectedFile[]
  /** Files left out by default because they look like secrets, sorted. */
  readonly excludedSecrets: readonly string[]
}

interface Walk {
  root: string
  excludes: Excludes
  files: SelectedFile[]
  secrets: string[]
}

/**
 * The files of a folder that belong in its package. Links are followed where they stay inside the folder.
 *
 * @throws LambdactlError PACKAGE_INVALID for a link that leaves the folder, leads nowhere or back to a folder above it,
 * for anything that is neither file nor folder, for what can't be read, and for a name that a zip can't hold
 */
export async function selectFiles(sourceDirectory: string): Promise<Selection> {
  const root = await naming(sourceDirectory, () => realpath(sourceDirectory))
  const excludes = await naming('.lambdactlignore', () => readExcludes(root))
  const walk: Walk = { root, excludes, files: [], secrets: [] }
  await walkFolder(walk, '', [root])
  return { files: byPath(walk.files), excludedSecrets: walk.secrets.toSorted() }
}

/** `ancestors` are the real paths from the root down to this folder. */
async function walkFolder(walk: Walk, folder: string, ancestors: readonly string[]): Promise<void> {
  const here = ancestors.at(-1) ?? walk.root
  for (const entry of await naming(folder || here, () => readdir(here, { withFileTypes: true }))) {
    const path = folder ? `${folder}/${entry.name}` : entry.name
    if (walk.excludes.excludes(entry.isDirectory() ? `${path}/` : path)) {
      if (walk.excludes.looksSecret(path)) walk.secrets.push(path)
      continue
    }
    const found = join(here, entry.name)
    const real = entry.isSymbolicLink() ? await followLink(walk.root, found, path) : found
    await add(walk, path, real, ancestors)
  }
}

async function add(walk: Walk, path: string, real: string, ancestors: readonly string[]): Promise<void> {
  const status = await naming(path, () => stat(real))
  if (status.isDirectory()) {
    // A link to an excluded folder's name: its rule ends with a slash, and only now it is known to be a folder.
    if (walk.excludes.excludes(`${path}/`)) return
    if (ancestors.includes(real)) throw refused(`the link ${path} leads back to a folder that holds it`)
    await walkFolder(walk, path, [...ancestors, real])
  } else if (status.isFile()) {
    await addFile(walk, path, real, status)
  } else {
    throw refused(`${path} is neither a file nor a folder`)
  }
}

async function addFile(walk: Walk, path: string, real: string, status: Stats): Promise<void> {
  const mayHoldKey = path.endsWith('.pem') && !walk.excludes.wants(path)
  if (mayHoldKey && (await naming(path, () => holdsPrivateKey(real)))) {
    walk.secrets.push(path)
    return
  }
  // Zip writers take a backslash for a slash and drop what looks like a drive letter.
  if (/\\|^\w+:/.test(path)) throw refused(`a zip can't hold the name ${JSON.stringify(path)}`)
  const mode = status.mode & 0o111 ? 0o755 : 0o644
  walk.files.push({ path, absolutePath: real, size: status.size, mode })
}

async function followLink(root: string, link: string, path: string): Promise<string> {
  const real = await realpath(link).catch(async () => {
    throw refused(`the link ${path} leads nowhere (${await readlink(link)})`)
  })
  if (real === root || real.startsWith(root + sep)) return real
  throw refused(`the link ${path} leaves the folder (${await readlink(link)})`)
}

/** Runs a file operation whose failure names the path. */
async function naming<T>(path: string, operation: () => Promise<T>): Promise<T> {
  try {
    return await operation()
  } catch (cause) {
    throw refused(`${path} can't be read: ${(cause as Error).message}`, cause)
  }
}

function refused(what: string, cause?: unknown): LambdactlError {
  return new LambdactlError('PACKAGE_INVALID', `The source can't be packaged: ${what}.`, {
    next: ['Remove it, or leave it out with a line in .lambdactlignore.'],
    cause,
  })
}

import { stat } from 'node:fs/promises'
import { dirname, join, relative } from 'node:path'
import { LambdactlError } from '../../errors/error.ts'

/** The places in a repository that a pipeline names. */
export interface Repository {
  /** Absolute: the nearest folder above with `.git`, or else the folder itself. */
  root: string
  /** The folder of lambdactl.yaml, relative to the root: `.` or `services/shop`. */
  folder: string
  /** The nearest folder with package.json, relative to the root. */
  packages: string
}

/**
 * Finds the repository of a folder.
 *
 * @param directory absolute
 * @throws LambdactlError USAGE for a path with characters that mean something in YAML or a shell
 */
export async function repositoryOf(directory: string): Promise<Repository> {
  const root = (await nearest(directory, '/', '.git')) ?? directory
  const packages = (await nearest(directory, root, 'package.json')) ?? directory
  const inRoot = (path: string) => relative(root, path).replaceAll('\\', '/') || '.'
  const places = { root, folder: inRoot(directory), packages: inRoot(packages) }
  const odd = [places.folder, places.packages].find((path) => !/^[\w./-]+$/.test(path))
  if (odd === undefined) return places
  throw new LambdactlError(
    'USAGE',
    `A pipeline can't name the folder ${JSON.stringify(odd)}: expected letters, digits and - _ . in its path.`,
    { next: ['Rename the folder, then run the command again.'] },
  )
}

/** The nearest folder that has the entry, from one folder up to another. */
async function nearest(from: string, to: string, entry: string): Promise<string | undefined> {
  for (let folder = from; ; folder = dirname(folder)) {
    if (await stat(join(folder, entry)).catch(() => undefined)) return folder
    if (folder === to || folder === dirname(folder)) return undefined
  }
}

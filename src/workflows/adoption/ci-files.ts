import { lstat, readFile, writeFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { makeFiles } from './make-files.ts'
import { filesUnder } from './template-files.ts'
import { requireFolder, writingInto } from './writable-folder.ts'

export const ciSystems = ['github', 'gitlab'] as const

export type CiSystem = (typeof ciSystems)[number]

/** A file of a pipeline. */
export interface CiFile {
  /** Relative to the repository. */
  path: string
  text: string
  /** Compared with the file that is there. */
  is: 'new' | 'same' | 'different'
}

export interface CiOptions {
  /** The folder with one folder for each system. */
  templatesDirectory: string
  system: CiSystem
  /** The folder of the repository, absolute. */
  root: string
  /** The values of the templates' placeholders: `staging` for `__staging__`. */
  values: Readonly<Record<string, string>>
}

/** GitLab reads this one file, which most repositories have; the pipeline is in another file that this one includes. */
const gitlabEntry = '.gitlab-ci.yml'

/** The files of a pipeline, and how they compare with those that are there. Nothing is written. */
export async function ciFiles({ templatesDirectory, system, root, values }: CiOptions): Promise<CiFile[]> {
  const folder = join(templatesDirectory, system)
  const files = (await filesUnder(folder)).toSorted().map(async (file) => {
    const path = targetOf(system, file)
    const text = filled(await readFile(join(folder, file), 'utf8'), values)
    return { path, text, is: await comparison(join(root, path), text) }
  })
  // A present entry file is its owner's.
  return (await Promise.all(files)).filter(({ path, is }) => path !== gitlabEntry || is === 'new')
}

/** Tells whether GitLab's own file leaves the pipeline out. */
export async function lacksInclude(root: string, files: readonly CiFile[]): Promise<boolean> {
  const entry = await readFile(join(root, gitlabEntry), 'utf8').catch(() => undefined)
  return entry !== undefined && files.some(({ path }) => path.startsWith('.gitlab/') && !entry.includes(path))
}

/**
 * Writes the files that are new or different.
 *
 * @returns their paths, sorted
 * @throws LambdactlError PATH_TAKEN, USAGE if a file can't be written; then the new ones are removed again
 */
export async function writeCiFiles(root: string, files: readonly CiFile[]): Promise<string[]> {
  const fresh = files
    .filter(({ is }) => is === 'new')
    .map(({ path, text }) => ({ to: path, text: async () => text }))
  const others = files.filter(({ is }) => is === 'different')
  await writingInto(root, async () => {
    await requireFolder(root)
    await makeFiles(root, fresh, async () => {
      for (const { path, text } of others) await writeFile(join(root, path), text)
    })
  })
  return [...fresh.map(({ to }) => to), ...others.map(({ path }) => path)].toSorted()
}

function targetOf(system: CiSystem, file: string): string {
  if (system === 'github') return join('.github', 'workflows', file)
  // npm publishes no names with a dot reliably, so templates store the file without it.
  return basename(file) === 'gitlab-ci.yml' ? gitlabEntry : join('.gitlab', file)
}

function filled(text: string, values: Readonly<Record<string, string>>): string {
  return text.replace(/__([a-z]+(?:-[a-z]+)*)__/g, (whole, name: string) => values[name] ?? whole)
}

async function comparison(path: string, text: string): Promise<CiFile['is']> {
  try {
    // A link is never written through by itself.
    const isFile = (await lstat(path)).isFile()
    // git on Windows checks files out with its own line ends.
    return isFile && (await readFile(path, 'utf8')).replaceAll('\r\n', '\n') === text ? 'same' : 'different'
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    if (code === 'ENOENT' || code === 'ENOTDIR') return 'new'
    throw error
  }
}

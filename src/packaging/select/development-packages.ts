import { realpath } from 'node:fs/promises'
import { join, relative, sep } from 'node:path'
import { packageAt } from '../model/package-at.ts'
import { naming } from '../model/refused.ts'
import { readBeside } from './read-beside.ts'

interface ModuleFile {
  readonly path: string
  /** The real path: the target of a link such as those in node_modules/.bin. */
  readonly absolutePath: string
  /** Bytes. */
  readonly size: number
}

/** The files of a folder without its development dependencies. */
export interface Production<File> {
  readonly files: readonly File[]
  readonly notes: readonly string[]
}

/**
 * Leaves out the packages of node_modules that npm's lockfile marks `dev`. A package marked `devOptional` stays, since
 * a production dependency needs it too. Without npm's lockfile everything stays.
 *
 * @param wants whether the user's rules include `node_modules/`, or the folder of a package
 * @param isWhole whether no packages were chosen individually
 */
export async function withoutDevelopment<File extends ModuleFile>(
  source: string,
  files: readonly File[],
  wants: (folder: string) => boolean,
  isWhole = true,
): Promise<Production<File>> {
  if (wants('node_modules/') || !files.some(({ path }) => path.startsWith('node_modules/')))
    return { files, notes: [] }
  const development = developmentPackages(source)
  if (!development) {
    return {
      files,
      notes: isWhole
        ? [
            'the whole node_modules is in the package: no package-lock.json tells which packages are only for development',
          ]
        : [],
    }
  }
  const root = await realpath(source)
  const isOut = (file: File) => {
    const owner = ownerOf(file, root)
    return development.has(owner) && !wants(`${owner}/`)
  }
  const out = files.filter(isOut)
  return { files: files.filter((file) => !isOut(file)), notes: notesOf(out, root) }
}

/** Tells whether a folder without links has packages for development only. @param paths of its files */
export function hasDevelopment(source: string, paths: readonly string[]): boolean {
  if (!paths.some((path) => path.startsWith('node_modules/'))) return false
  const development = developmentPackages(source)
  return development !== undefined && paths.some((path) => development.has(packageAt(path)?.folder ?? ''))
}

function notesOf(out: readonly ModuleFile[], root: string): string[] {
  if (out.length === 0) return []
  const packages = new Set(out.map((file) => ownerOf(file, root))).size
  const megabytes = (out.reduce((sum, { size }) => sum + size, 0) / 1_000_000).toFixed(1)
  const what = packages === 1 ? '1 development package' : `${packages} development packages`
  return [
    `left ${what} of node_modules out, ${megabytes} MB (a line !node_modules/ in .lambdactlignore adds them)`,
  ]
}

/** `node_modules/a/node_modules/b`, the lockfile's name for the package that a file belongs to. */
function ownerOf({ path, absolutePath }: ModuleFile, root: string): string {
  const own = path.startsWith('node_modules/.bin/') ? relative(root, absolutePath).split(sep).join('/') : path
  return packageAt(own)?.folder ?? ''
}

/** The paths of packages that npm's lockfile marks as development only; undefined if there is no such lockfile. */
export function developmentPackages(source: string): ReadonlySet<string> | undefined {
  for (const path of ['package-lock.json', 'node_modules/.package-lock.json']) {
    const packages = packagesOf(naming(path, () => readBeside(join(source, path)))?.toString('utf8'))
    if (packages) {
      const names = Object.entries(packages).filter(([, value]) => isMarked(value))
      return new Set(names.map(([name]) => name))
    }
  }
  return undefined
}

function packagesOf(text: string | undefined): object | undefined {
  if (text === undefined) return undefined
  const lock: unknown = parsed(text)
  // Lockfiles of npm 6 have no `packages`.
  const isMap = typeof lock === 'object' && lock !== null && 'packages' in lock
  return isMap && typeof lock.packages === 'object' && lock.packages !== null ? lock.packages : undefined
}

/** An invalid lockfile is ignored; npm itself would report it. */
function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

function isMarked(value: unknown): boolean {
  return typeof value === 'object' && value !== null && 'dev' in value && value.dev === true
}

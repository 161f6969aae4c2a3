import { existsSync, globSync, statSync } from 'node:fs'
import { join, posix } from 'node:path'
import type { BundledModule } from './module-code.ts'
import type { Naming } from './named-files.ts'

/** A bundle's place in its package. */
export interface BundlePlace {
  /** The folder that the modules' paths are relative to. */
  readonly root: string
  /** The bundle's own path in the package, and its code without the banner. */
  readonly path: string
  readonly code: string
  /** The paths of all files in the package. */
  readonly paths: readonly string[]
}

/**
 * A file, or a folder with a slash at its end, that is in the source but not at the place where the bundle looks for
 * it.
 */
export interface LostFile {
  readonly owner: string
  /** The module that names the file, relative to the source. */
  readonly module: string
  /** The name as the module writes it. */
  readonly name: string
  /** The path in the source, and the path where the bundle looks for it. */
  readonly inSource: string
  readonly inPackage: string
  readonly naming: Naming
}

/** The files that a module names and that the package of the bundle lacks. */
export function lostFiles(module: BundledModule, bundle: BundlePlace): LostFile[] {
  return module.named.names.flatMap((naming) => lostFile(module, naming, bundle) ?? [])
}

function lostFile(module: BundledModule, naming: Naming, bundle: BundlePlace): LostFile | undefined {
  const { owner, path } = module
  // A dependency does not know the files of the package.
  if (isUnnamed(naming.path) || (owner !== '' && naming.from === 'package')) return undefined
  // Variables of a developer's machine, which do not belong in a package.
  if (/^\.env\b/.test(posix.basename(naming.path))) return undefined
  const isFromModule = naming.from === 'module'
  const inSource = isFromModule ? posix.join(posix.dirname(path), naming.path) : naming.path
  const inPackage = isFromModule ? posix.join(posix.dirname(bundle.path), naming.path) : naming.path
  if (inPackage.startsWith('..') && owner === '' && !isFromModule) return undefined
  if (!isInCode(naming.path, bundle.code)) return undefined
  const found = matching(bundle.root, inSource)
  if (found.length === 0) return undefined
  const there = found.every((each) =>
    isThere(inPackage.includes('*') ? moved(each, inSource, inPackage) : inPackage, bundle.paths),
  )
  if (there) return undefined
  const slash = found.length === 1 && statSync(join(bundle.root, found[0] ?? '')).isDirectory() ? '/' : ''
  return {
    owner,
    module: path,
    name: naming.path + slash,
    inSource: inSource + slash,
    inPackage: inPackage + slash,
    naming,
  }
}

/** Tells whether only running the code shows the whole name. */
export function isUnnamed(path: string): boolean {
  return path.split('/').every((part) => part === '..' || /^\**$/.test(part))
}

/** A name that is gone from the bundle's code is never read. */
function isInCode(path: string, code: string): boolean {
  const word = path
    .split(/[/*]/)
    .filter((part) => /^[\x20-\x7e]+$/.test(part) && part !== '..')
    .toSorted((a, b) => b.length - a.length)[0]
  return word === undefined || code.includes(word)
}

function matching(root: string, path: string): string[] {
  if (!path.includes('*')) return existsSync(join(root, path)) ? [path] : []
  return globSync(path, { cwd: root, exclude: ['**/node_modules/**'] }).map((each) =>
    each.replaceAll('\\', '/'),
  )
}

/** The place in the package of a file that a pattern matched in the source. */
function moved(found: string, inSource: string, inPackage: string): string {
  const [start = ''] = inSource.split('*')
  const [newStart = ''] = inPackage.split('*')
  return newStart + found.slice(start.length)
}

function isThere(path: string, paths: readonly string[]): boolean {
  return paths.some((each) => each === path || each.startsWith(`${path}/`))
}

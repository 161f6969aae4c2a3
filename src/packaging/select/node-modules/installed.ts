import { type Dirent, existsSync, readdirSync, readFileSync, realpathSync, statSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { isOfInstaller } from '../excludes.ts'

/** The folders in which pnpm, Bun, npm and Yarn keep packages and link to them. */
const stores = new Set(['.pnpm', '.bun', '.store', '.deno'])

/** Larger files come from a bundler or hold data; bytes. */
const mostCode = 100_000

/** The packages in a node_modules by name, with their real folders, without the installers' own files. */
export function packagesIn(modules: string): Map<string, string> {
  const found = new Map<string, string>()
  for (const { name } of entriesIn(modules).filter(mayBePackage)) {
    const scoped = name.startsWith('@') ? entriesIn(join(modules, name)).filter(mayBePackage) : undefined
    for (const each of scoped?.map((entry) => `${name}/${entry.name}`) ?? [name]) {
      const folder = realFolder(join(modules, each))
      if (folder !== undefined) found.set(each, folder)
    }
  }
  return found
}

/** Tells whether packages in a node_modules are links to their folders. */
export function hasLinks(modules: string): boolean {
  return entriesIn(modules)
    .filter(mayBePackage)
    .some((entry) => {
      if (entry.isSymbolicLink()) return true
      return (
        entry.name.startsWith('@') && entriesIn(join(modules, entry.name)).some((one) => one.isSymbolicLink())
      )
    })
}

/** The real folder of a package as Node finds it from another folder; undefined if not found. */
export function resolvePackage(from: string, name: string): string | undefined {
  for (let folder = from; ; folder = dirname(folder)) {
    const isLookedInto = basename(folder) !== 'node_modules'
    const found = isLookedInto ? realFolder(join(folder, 'node_modules', name)) : undefined
    if (found !== undefined || folder === dirname(folder)) return found
  }
}

/** Tells whether a folder is a package's in a node_modules or a store. */
export function isInstalled(folder: string): boolean {
  return modulesAround(folder) !== undefined
}

/** The packages in the node_modules of an installed package's folder; none for a linked folder of the project. */
export function packagesWithin(folder: string): Map<string, string> {
  return modulesAround(folder) === undefined
    ? new Map<string, string>()
    : packagesIn(join(folder, 'node_modules'))
}

/**
 * The packages beside one in a store. There each package has a node_modules of its own, with the package and everything
 * that it imports, also packages that no package.json names.
 */
export function packagesBeside(folder: string): Map<string, string> {
  const modules = modulesAround(folder)
  const names = modules === undefined ? [] : entriesIn(dirname(modules)).map(({ name }) => name)
  const isStore = names.length > 0 && names.every((name) => name === 'node_modules' || name === 'package')
  return modules !== undefined && isStore ? packagesIn(modules) : new Map<string, string>()
}

/**
 * Generated folders beside a package that its code imports and no package.json can name, such as Prisma's client in
 * `.prisma`.
 */
export function generatedFor(folder: string): Map<string, string> {
  const modules = modulesAround(folder)
  const names =
    modules === undefined
      ? []
      : entriesIn(modules)
          .filter(mayBePackage)
          .map(({ name }) => name)
  const hidden = names.filter((name) => name.startsWith('.'))
  const code = hidden.length === 0 ? '' : codeIn(folder)
  const asked = hidden.filter((name) =>
    ['"', "'"].some((quote) => code.includes(`${quote}${name}/`) || code.includes(quote + name + quote)),
  )
  return new Map(asked.map((name) => [name, realpathSync(join(modules ?? '', name))]))
}

/** The hand-written code in the top folder of a package. */
function codeIn(folder: string): string {
  const files = entriesIn(folder).filter((entry) => entry.isFile() && /\.[cm]?js$/.test(entry.name))
  const paths = files.map(({ name }) => join(folder, name)).filter((path) => statSync(path).size < mostCode)
  return paths.map((path) => readFileSync(path, 'utf8')).join('\n')
}

/** The packages that every package of a store finds by name; pnpm puts undeclared dependencies there. */
export function hoistedBeside(folder: string): Map<string, string> {
  const store = /^.*[\\/]node_modules[\\/]\.[^\\/]+(?=[\\/])/.exec(folder)?.[0]
  return store === undefined ? new Map<string, string>() : packagesIn(join(store, 'node_modules'))
}

/** The broken links in a node_modules. */
export function brokenLinks(modules: string): string[] {
  return entriesIn(modules)
    .filter((entry) => mayBePackage(entry) && !existsSync(join(modules, entry.name)))
    .map(({ name }) => name)
}

/**
 * The first node_modules above a package's folder where Node looks for its imports, if the package is installed there.
 */
function modulesAround(folder: string): string | undefined {
  const above = dirname(folder)
  if (basename(above) === 'node_modules') return above
  if (basename(dirname(above)) === 'node_modules' && basename(above).startsWith('@')) return dirname(above)
  // The layout of Yarn's `nodeLinker: pnpm`.
  const isYarns = basename(folder) === 'package' && basename(dirname(above)) === '.store'
  return isYarns ? join(above, 'node_modules') : undefined
}

function mayBePackage(entry: Dirent): boolean {
  const isTools = stores.has(entry.name) || isOfInstaller(entry.name)
  return (entry.isDirectory() || entry.isSymbolicLink()) && !isTools
}

/** Empty if there is no such folder. */
function entriesIn(folder: string): Dirent[] {
  try {
    return readdirSync(folder, { withFileTypes: true })
  } catch {
    return []
  }
}

function realFolder(path: string): string | undefined {
  try {
    return statSync(path).isDirectory() ? realpathSync(path) : undefined
  } catch {
    return undefined
  }
}

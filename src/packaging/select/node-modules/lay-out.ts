import { join, posix } from 'node:path'

/** No project has more levels of nested packages, or copies of one package; a circle would have no end. */
const deepest = 30
const mostTimes = 20

/** A package's folder, and its place in the function's package. */
export interface Placed {
  /** POSIX, as in `node_modules/a/node_modules/b`. */
  readonly path: string
  /** Real and absolute. */
  readonly folder: string
}

/** The packages of a folder of the function's own code. */
export interface Root extends Placed {
  readonly name: string
  /** The folder of code that has it, as in `functions/api`; empty for the source itself. */
  readonly base: string
}

/** The packages that a folder imports by name, as Node finds them on this machine. */
type DependenciesOf = (folder: string) => ReadonlyMap<string, string>

/** All packages of a function with their dependencies. */
export interface Asked {
  readonly roots: readonly Root[]
  readonly dependenciesOf: DependenciesOf
  /** The names that every package finds on this machine without a declaration: they come first at the top. */
  readonly hoisted: ReadonlyMap<string, string>
}

interface Layout {
  readonly asked: Asked
  /** The folder at a path. */
  readonly placed: Map<string, string>
  /** By name: the package that finds it, and the folder in whose node_modules. */
  readonly finds: Map<string, { who: string; level: string }[]>
}

/**
 * Lays packages out without links, as npm does. Each package has one place, as far up as possible, and another place if
 * a different version is in the way. Node then finds the same folders from each package as on this machine. A package
 * inside another's folder stays there.
 *
 * @returns undefined if no finite layout does that: versions depend on each other in a circle
 */
export function layOut(asked: Asked): Placed[] | undefined {
  const layout: Layout = { asked, placed: new Map(), finds: new Map() }
  for (const { path, folder } of asked.roots) layout.placed.set(path, folder)
  const folders = new Set<string>()
  // The loop also visits packages that are placed meanwhile.
  for (const [path, folder] of layout.placed) {
    folders.add(folder)
    if (path.split('node_modules/').length > deepest || layout.placed.size > most(folders)) return undefined
    for (const [name, dependency] of byName(asked.dependenciesOf(folder))) add(layout, path, name, dependency)
  }
  return Array.from(layout.placed, ([path, folder]) => ({ path, folder }))
}

function most({ size }: ReadonlySet<string>): number {
  return 200 + mostTimes * size
}

/** Makes sure that a placed package finds a dependency. */
function add(layout: Layout, who: string, name: string, folder: string): void {
  const levels = levelsOf(who)
  const at = levels.findIndex((level) => layout.placed.has(pathIn(level, name)))
  const isFound = at !== -1 && layout.placed.get(pathIn(levels[at] ?? '', name)) === folder
  const free = at === -1 ? levels : levels.slice(0, at)
  const isInside = folder === join(layout.placed.get(who) ?? '', 'node_modules', name)
  // A new package's own node_modules is not seen by others yet.
  const highest = isInside ? who : (free.findLast((each) => isFree(layout, each, name, folder)) ?? who)
  const level = isFound ? levels[at] : highest
  if (level === undefined) return
  layout.placed.set(pathIn(level, name), folder)
  layout.finds.set(name, [...(layout.finds.get(name) ?? []), { who, level }])
}

/**
 * Tells whether a package may be in the node_modules of a folder without hiding a package that others find further up.
 */
function isFree({ asked, placed, finds }: Layout, level: string, name: string, folder: string): boolean {
  if (level === '') return (asked.hoisted.get(name) ?? folder) === folder
  const isOwnCode = !/(?:^|\/)node_modules\//.test(level)
  if (isOwnCode && levelsOf(level).some((outer) => outer !== level && placed.has(pathIn(outer, name))))
    return false
  return !finds.get(name)?.some((find) => isBelow(find.who, level) && !isBelow(find.level, level))
}

/** The folders in whose node_modules Node looks for a folder's imports, in Node's order. */
function levelsOf(path: string): string[] {
  const levels: string[] = []
  for (let at = path; ; at = posix.dirname(at)) {
    const level = at === '.' ? '' : at
    if (!/(?:^|\/)node_modules(?:\/@[^/]+)?$/.test(level)) levels.push(level)
    if (level === '') return levels
  }
}

function isBelow(path: string, folder: string): boolean {
  return folder === '' || path === folder || path.startsWith(`${folder}/`)
}

export function pathIn(level: string, name: string): string {
  return posix.join(level, 'node_modules', name)
}

function byName(map: ReadonlyMap<string, string>): [string, string][] {
  return [...map].toSorted(([a], [b]) => (a < b ? -1 : 1))
}

import { join, posix } from 'node:path'

/** Packages within each other, and how often each is there: no project has as many, and a circle would have without end. */
const deepest = 30
const mostTimes = 20

/** A package's folder, and where the package of a function has its files. */
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

/** The packages that a folder asks for by name, as Node finds them on this machine. */
export type DependenciesOf = (folder: string) => ReadonlyMap<string, string>

/** The packages of a function, all of them with what they ask for. */
export interface Asked {
  readonly roots: readonly Root[]
  readonly dependenciesOf: DependenciesOf
  /** The names that every package finds on this machine, where it declares none: they come first at the top. */
  readonly hoisted: ReadonlyMap<string, string>
}

interface Layout {
  readonly asked: Asked
  /** The folder at a path. */
  readonly placed: Map<string, string>
  /** By name: who finds it, in the node_modules of which folder. */
  readonly finds: Map<string, { who: string; level: string }[]>
}

/**
 * Lays packages out without links, as npm does: each once and as far up as it may be, again where another version is in the
 * way, so that Node finds from each the very folders that it finds on this machine. One that lies in another's folder stays there.
 *
 * @returns undefined where no finite layout does that: versions that ask for one another in a circle
 */
export function layOut(asked: Asked): Placed[] | undefined {
  const layout: Layout = { asked, placed: new Map(), finds: new Map() }
  for (const { path, folder } of asked.roots) layout.placed.set(path, folder)
  const folders = new Set<string>()
  // What is placed meanwhile comes later.
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

/** Sees to it that a placed package finds one that it asks for. */
function add(layout: Layout, who: string, name: string, folder: string): void {
  const levels = levelsOf(who)
  const at = levels.findIndex((level) => layout.placed.has(pathIn(level, name)))
  const isFound = at !== -1 && layout.placed.get(pathIn(levels[at] ?? '', name)) === folder
  const free = at === -1 ? levels : levels.slice(0, at)
  const isInside = folder === join(layout.placed.get(who) ?? '', 'node_modules', name)
  // Its own node_modules is seen by nobody else yet.
  const highest = isInside ? who : (free.findLast((each) => isFree(layout, each, name, folder)) ?? who)
  const level = isFound ? levels[at] : highest
  if (level === undefined) return
  layout.placed.set(pathIn(level, name), folder)
  layout.finds.set(name, [...(layout.finds.get(name) ?? []), { who, level }])
}

/** Whether a package may be in the node_modules of a folder without hiding what others find further up. */
function isFree({ asked, placed, finds }: Layout, level: string, name: string, folder: string): boolean {
  if (level === '') return (asked.hoisted.get(name) ?? folder) === folder
  const isOwnCode = !/(?:^|\/)node_modules\//.test(level)
  if (isOwnCode && levelsOf(level).some((outer) => outer !== level && placed.has(pathIn(outer, name))))
    return false
  return !finds.get(name)?.some((find) => isBelow(find.who, level) && !isBelow(find.level, level))
}

/** The folders in whose node_modules Node looks for what a folder asks for, in its order. */
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

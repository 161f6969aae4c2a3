import { posix } from 'node:path'
import { deployedInvalid } from './deployed-invalid.ts'

/** Something in a zip: a file, or a link to another path. */
export interface Linked<Entry> {
  entry: Entry
  /** Where a link points, relative to its folder; undefined for a file. */
  link: string | undefined
}

/** A file, under a path that leads to it. */
export interface Followed<Entry> {
  path: string
  entry: Entry
  /** Why the entry is a link that could not be followed; undefined for a file. */
  strayed: string | undefined
}

/** No package has as many files; a few folders that link to each other would. */
const mostSteps = 200_000
/** As the kernel has it. */
const mostLinks = 40

/**
 * The files of a zip with its links followed: a link to a file is that file again, one to a folder all that the folder has.
 * A link that leaves the package or leads nowhere stays one.
 *
 * @param entries by path, without folders
 * @throws LambdactlError PACKAGE_INVALID for links that lead round in a circle
 */
export function followLinks<Entry>(
  entries: ReadonlyMap<string, Linked<Entry>>,
  what: string,
): Followed<Entry>[] {
  const followed: Followed<Entry>[] = []
  let steps = 0
  const add = (path: string, place: string, depth: number) => {
    steps += 1
    if (depth > mostLinks || steps > mostSteps) throw deployedInvalid(what, `its link ${path} never ends`)
    const found = entries.get(place)
    if (!found) return
    const { entry, link } = found
    if (link === undefined) {
      followed.push({ path, entry, strayed: undefined })
      return
    }
    const target = targetOf(place, link)
    const places = target === undefined ? [] : under(entries, target)
    if (target === undefined || places.length === 0) {
      const strayed = target === undefined ? 'leaves the package' : 'leads nowhere'
      followed.push({ path, entry, strayed })
    } else for (const each of places) add(`${path}${each.slice(target.length)}`, each, depth + 1)
  }
  for (const path of entries.keys()) add(path, path, 0)
  return followed
}

/** The path itself, or all paths below it where it is a folder. */
function under(entries: ReadonlyMap<string, unknown>, target: string): string[] {
  return entries.has(target) ? [target] : [...entries.keys()].filter((path) => path.startsWith(`${target}/`))
}

/** Undefined where it is not in the package, or is all of it. */
function targetOf(path: string, link: string): string | undefined {
  const target = posix.join(posix.dirname(path), link).replace(/\/$/, '')
  return posix.isAbsolute(link) || /^\.{1,2}(?:\/|$)/.test(target) ? undefined : target
}

import { deployedInvalid } from './deployed-invalid.ts'
import { linkPlace, mostLinks } from './link-place.ts'

/** An entry of a zip: a file, or a link to another path. */
export interface Linked<Entry> {
  entry: Entry
  /** The target of a link, relative to its folder; undefined for a file. */
  link: string | undefined
}

/** A file and a path that leads to it. */
export interface Followed<Entry> {
  path: string
  entry: Entry
  /** The reason why the entry is a link that could not be followed; undefined for a file. */
  strayed: string | undefined
}

/** No package has as many files; a few folders that link to each other could. */
const mostSteps = 200_000

/**
 * The files of a zip with its links followed: a link to a file becomes that file, a link to a folder becomes all its
 * files. A link that leaves the package or leads nowhere stays a link.
 *
 * @param entries by path, without folders
 * @throws LambdactlError PACKAGE_INVALID for links that form a circle
 */
export function followLinks<Entry>(
  entries: ReadonlyMap<string, Linked<Entry>>,
  what: string,
): Followed<Entry>[] {
  const followed: Followed<Entry>[] = []
  const below = new Map<string, readonly string[]>()
  let steps = 0
  const under = (target: string): readonly string[] => {
    const known = below.get(target) ?? pathsUnder(entries, target)
    below.set(target, known)
    return known
  }
  const add = (path: string, place: string, depth: number) => {
    steps += 1
    if (depth > mostLinks || steps > mostSteps)
      throw deployedInvalid(what, `its link ${path} leads in a circle`)
    const found = entries.get(place)
    if (!found) return
    const { entry, link } = found
    if (link === undefined) {
      followed.push({ path, entry, strayed: undefined })
      return
    }
    // A link to the whole package would contain itself.
    const target = linkPlace(place, (at) => entries.get(at)?.link) || undefined
    const places = target === undefined ? [] : under(target)
    if (target === undefined || places.length === 0) {
      const strayed = target === undefined ? 'leaves the package' : 'leads nowhere'
      followed.push({ path, entry, strayed })
    } else for (const each of places) add(`${path}${each.slice(target.length)}`, each, depth + 1)
  }
  for (const path of entries.keys()) add(path, path, 0)
  return followed
}

/** The path itself, or all paths below it if it is a folder. */
function pathsUnder(entries: ReadonlyMap<string, unknown>, target: string): string[] {
  return entries.has(target) ? [target] : [...entries.keys()].filter((path) => path.startsWith(`${target}/`))
}

import { developmentPackages } from '../development-packages.ts'
import type { WantedPackages } from '../wanted-packages.ts'
import type { InstalledPackages } from './installed-packages.ts'
import type { Root } from './lay-out.ts'

/**
 * Removes the packages that are for development only, by the source's package.json and the marks of npm's lockfile. A
 * package that nothing declares goes with the packages that it was installed for.
 */
export function withoutDevelopmentRoots(
  roots: readonly Root[],
  { source, named, wants }: WantedPackages,
  installed: InstalledPackages,
): { roots: readonly Root[]; notes: string[] } {
  if (wants('node_modules/')) return { roots, notes: [] }
  const marked = developmentPackages(source)
  const { asksFor, development } = installed.manifestOf(source)
  const isNamed = (name: string) => named.some((each) => each.name === name)
  const isDeclared = ({ base, name }: Root) => base !== '' || asksFor.includes(name) || isNamed(name)
  const isDevelopments = (root: Root) =>
    !isDeclared(root) &&
    (development.includes(root.name) || (marked?.has(root.path) ?? false)) &&
    !wants(`${root.path}/`)
  const folders = (some: readonly Root[]) => installed.reachedFrom(some.map(({ folder }) => folder))
  const production = folders(roots.filter((root) => !isDevelopments(root) && isDeclared(root)))
  const others = folders(roots.filter(isDevelopments))
  const kept = roots.filter(
    (root) =>
      !isDevelopments(root) && (isDeclared(root) || production.has(root.folder) || !others.has(root.folder)),
  )
  const reached = folders(kept)
  const left = [...others].filter((folder) => !reached.has(folder)).length
  return { roots: kept, notes: left === 0 ? [] : [developmentNote(left)] }
}

function developmentNote(packages: number): string {
  const what = packages === 1 ? '1 development package' : `${packages} development packages`
  return `left ${what} of node_modules out (a line !node_modules/ in .lambdactlignore adds them)`
}

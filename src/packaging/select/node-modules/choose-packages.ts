import type { OwnModules, WantedPackages } from '../wanted-packages.ts'
import { withoutDevelopmentRoots } from './development-roots.ts'
import { hasLinks, hoistedBeside, packagesIn, resolvePackage } from './installed.ts'
import { InstalledPackages } from './installed-packages.ts'
import { layOut, type Placed, pathIn, type Root } from './lay-out.ts'
import { notInstalledNotes, refuseBroken, tangled } from './not-installed.ts'
import { requirePackages } from './own-packages.ts'

interface ChosenPackage extends Placed {
  /**
   * Whether the package goes in without a pattern, since it was chosen as a whole or another chosen package needs it.
   */
  readonly isNeeded: boolean
}

export interface ChosenPackages {
  /** Whether these are all packages of the function's own node_modules. */
  readonly isAll: boolean
  readonly packages: readonly ChosenPackage[]
  readonly notes: readonly string[]
}

/**
 * Chooses the packages of a function with all their dependencies, and the place of each. If there are no links, no
 * named packages and none elsewhere, the folder stays as it is and no packages are chosen.
 *
 * @throws LambdactlError PACKAGE_INVALID for a broken link, and for packages that can't be laid out
 */
export function choosePackages(own: readonly OwnModules[], wanted: WantedPackages): ChosenPackages {
  const installed = new InstalledPackages(wanted.source, wanted.architecture)
  const isAll = own.some(({ folder, isLink }) => isLink || hasLinks(folder))
  const local = own.flatMap(rootsOf)
  const elsewhere = rootsElsewhere(local, wanted, installed)
  if (!isAll && !wanted.isSelective && elsewhere.length === 0) return none
  if (isAll) refuseBroken(own, wanted)
  const isWhole = ({ path }: Root) => wanted.extent(path) === 'whole'
  const roots = [
    ...local.filter((root) => isWhole(root) || (isAll && wanted.extent(root.path) === 'part')),
    ...elsewhere,
  ]
  const kept = isAll ? withoutDevelopmentRoots(roots, wanted, installed) : { roots, notes: [] }
  const whole = kept.roots.filter((root) => isWhole(root) || elsewhere.includes(root))
  const needed = installed.reachedFrom(whole.map(({ folder }) => folder))
  const packages = placed(kept.roots, installed, wanted).map((each) => ({
    ...each,
    isNeeded: needed.has(each.folder),
  }))
  const missing = notInstalledNotes(
    packages.filter(({ isNeeded }) => isNeeded),
    installed,
    wanted.source,
  )
  return { isAll, packages, notes: [...kept.notes, ...missing] }
}

const none: ChosenPackages = { isAll: false, packages: [], notes: [] }

function rootsOf({ base, folder: modules }: OwnModules): Root[] {
  return Array.from(packagesIn(modules), ([name, folder]) => ({
    base,
    name,
    path: pathIn(base, name),
    folder,
  }))
}

/** Packages that lie above the source, as in a workspace; they go to the top of the package. */
function rootsElsewhere(
  local: readonly Root[],
  { source, named, takesDeclared, extent }: WantedPackages,
  installed: InstalledPackages,
): Root[] {
  const declared = installed.manifestOf(source).asksFor.filter(takesDeclared)
  const wanted = [
    ...named,
    ...declared
      .filter((name) => extent(pathIn('', name)) === 'whole')
      .map((name) => ({ name, from: [source] })),
  ]
  const roots = new Map<string, Root>()
  for (const { name, from } of wanted) {
    const path = pathIn('', name)
    const isHere = local.some((root) => root.path === path && extent(path) === 'whole')
    const folder = from.flatMap((each) => resolvePackage(each, name) ?? [])[0]
    if (!isHere && !roots.has(path) && folder !== undefined) roots.set(path, { base: '', name, path, folder })
  }
  return [...roots.values()]
}

function placed(roots: readonly Root[], installed: InstalledPackages, { source }: WantedPackages): Placed[] {
  const reached = installed.reachedFrom(roots.map(({ folder }) => folder))
  const hoisted = [...reached].flatMap((folder) => [...hoistedBeside(folder)])
  const { dependenciesOf } = installed
  const reachedHoisted = new Map(hoisted.filter(([, folder]) => reached.has(folder)))
  const all = layOut({ roots, dependenciesOf, hoisted: reachedHoisted })
  if (all === undefined) throw tangled(source)
  requirePackages(all, source)
  return all
}

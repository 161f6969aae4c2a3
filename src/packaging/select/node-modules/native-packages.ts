import { type Dirent, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { packageAt } from '../../model/package-at.ts'
import { quoted } from '../../model/quoted.ts'
import type { Bundle } from '../../model/types.ts'
import { InstalledPackages } from './installed-packages.ts'
import { isForSome } from './platform.ts'

/** Add-ons lie at most this many folders deep in a package. */
const deepest = 5

const lead = 'native add-ons do not work inside a bundle: '

/** Tells whether a note is about packages that a bundle can't hold. */
export function isOnNativePackages(note: string): boolean {
  return note.startsWith(lead)
}

/**
 * Names in one sentence the bundled packages that load native add-ons, with the configuration line that keeps them out
 * of the bundle.
 */
export function nativePackageNotes({ root, parts }: Pick<Bundle, 'root' | 'parts'>): string[] {
  const installed = new InstalledPackages(root)
  const bundled = parts.flatMap(({ path, size }) => (size > 0 ? (packageAt(path) ?? []) : []))
  const folders = new Map(bundled.map(({ folder, name }) => [folder, name]))
  const native = [...folders].filter(([folder]) => hasAddOns(join(root, folder), installed))
  if (native.length === 0) return []
  const names = [...new Set(native.map(([, name]) => name))].toSorted()
  return [
    `${lead}${names.join(', ')}; ${externalLine(names)} adds them beside the bundle, with their dependencies`,
  ]
}

/** The line of lambdactl.yaml that leaves packages out of a bundle, ready to paste. */
export function externalLine(names: readonly string[]): string {
  return `bundle: {external: [${names.map(quoted).join(', ')}]}`
}

/** Tells whether a package has add-ons itself, or in packages for one machine each. */
function hasAddOns(folder: string, installed: InstalledPackages): boolean {
  if (installed.manifestOf(folder).hintsAtAddOns && holdsAddOn(folder)) return true
  const { optional } = installed.manifestOf(folder)
  if (optional.length === 0) return false
  const dependencies = installed.dependenciesOf(folder)
  return optional.some((name) => {
    const dependency = dependencies.get(name)
    return dependency !== undefined && isForSome(installed.manifestOf(dependency)) && holdsAddOn(dependency)
  })
}

function holdsAddOn(folder: string, depth = 0): boolean {
  const entries = entriesIn(folder)
  if (entries.some((entry) => entry.isFile() && entry.name.endsWith('.node'))) return true
  return (
    depth < deepest &&
    entries.some(
      (entry) =>
        entry.isDirectory() &&
        entry.name !== 'node_modules' &&
        holdsAddOn(join(folder, entry.name), depth + 1),
    )
  )
}

function entriesIn(folder: string): Dirent[] {
  try {
    return readdirSync(folder, { withFileTypes: true })
  } catch {
    return []
  }
}

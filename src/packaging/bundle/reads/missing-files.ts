import { firstNames } from '../../../errors/first-few.ts'
import type { Part } from '../../model/types.ts'
import { externalLine } from '../../select/node-modules/native-packages.ts'
import { certainReads } from './certain-reads.ts'
import { expressNotes } from './express-views.ts'
import { startFolderNotes, wholePackages } from './known-packages.ts'
import { type BundlePlace, isUnnamed, type LostFile, lostFiles } from './lost-files.ts'
import { missingError, waysFor } from './missing-ways.ts'
import type { BundledModule } from './module-code.ts'
import { place } from './place-words.ts'

/** A bundle in its package. */
export interface Bundled extends BundlePlace {
  readonly modules: readonly Part[]
  /** The name of the export that Lambda calls. */
  readonly handler: string
}

/** The beginning of each note. */
const lead = 'bundled packages read files of their own folders that the package does not have: '
const ownLead = "the function's own code reads files that are not beside the bundle: "

/** Tells whether a note is about files that a package's code may miss. */
export function isOnMissingFiles(note: string): boolean {
  return note.startsWith(lead) || note.startsWith(ownLead)
}

/**
 * Notes in one sentence the dependencies that read files beside themselves which the bundle lacks, and in another the
 * function's own such files. The code is only read, not run, so a note may be wrong. A read by own code that happens
 * for sure is an error.
 *
 * @throws LambdactlError PACKAGE_INVALID
 */
export async function missingFileNotes(bundled: Bundled): Promise<string[]> {
  const express = /view engine|\.render\(/.test(bundled.code)
  // Most bundles name no place, so their modules are not read again.
  if (!place.test(bundled.code) && !express) return []
  const { readModules } = await import('./module-code.ts')
  const modules = await readModules(bundled.root, bundled.modules)
  const own = modules.filter(({ owner }) => owner === '')
  const lost = own.flatMap((module) => lostFiles(module, bundled))
  await refuseCertain(lost, own, bundled)
  const unnamed = own.some(({ named }) => named.names.some(({ path, isRead }) => isRead && isUnnamed(path)))
  return [
    ...dependencyNotes(modules, bundled),
    ...(lost.length > 0 ? [ownNote(lost)] : []),
    ...(lost.length === 0 && unnamed
      ? [`${ownLead}their names are known only when it runs; include: adds files of the source`]
      : []),
    ...startFolderNotes(bundled.modules, bundled),
    ...(express ? expressNotes(own, bundled.modules, bundled) : []),
  ]
}

/** @throws LambdactlError PACKAGE_INVALID for files that own code reads for sure */
async function refuseCertain(
  lost: readonly LostFile[],
  own: readonly BundledModule[],
  { root, modules, handler }: Bundled,
): Promise<void> {
  // Code that changes its working directory may mean anything by a name without a folder.
  const isMoved = own.some(({ code }) => /\bchdir\(/.test(code))
  const read = lost.filter(({ naming }) => naming.isRead && !(isMoved && naming.from === 'package'))
  if (read.length === 0) return
  const { readOwnModules } = await import('./module-code.ts')
  const isCertain = certainReads(await readOwnModules(root, modules), handler)
  const certain = read.filter(({ naming }) => isCertain(naming))
  if (certain.length > 0) throw missingError(certain)
}

const mostNamed = 4

function dependencyNotes(modules: readonly BundledModule[], bundled: Bundled): string[] {
  const missing = modules
    .filter(({ owner }) => owner !== '')
    .flatMap((module) => {
      const files = lostFiles(module, bundled).map(({ name }) => name)
      if (files.length > 0) return [{ owner: module.owner, files }]
      const hasOthers =
        module.named.reads &&
        module.named.names.some(({ from, path }) => from === 'module' && isUnnamed(path))
      return hasOthers ? [{ owner: module.owner, files }] : []
    })
  const whole = wholePackages(bundled.modules, bundled).map((owner) => ({ owner, files: [] }))
  const owners = Map.groupBy([...missing, ...whole], ({ owner }) => owner)
  if (owners.size === 0) return []
  const entries = Array.from(
    owners,
    ([owner, all]) => `${owner} (${listed(all.flatMap(({ files }) => files))})`,
  )
  const list = firstNames(entries, mostNamed)
  const remedy = `${externalLine([...owners.keys()].slice(0, mostNamed))} adds them beside the bundle`
  return [`${lead}${list}; if the function needs these files, leave the packages unbundled: ${remedy}`]
}

function listed(names: readonly string[]): string {
  return [...new Set(names)].slice(0, 3).join(', ') || 'names that are known only when it runs'
}

function ownNote(lost: readonly LostFile[]): string {
  return `${ownLead}${listed(lost.map(({ name }) => name))}; ${waysFor(lost).join(' ')}`
}

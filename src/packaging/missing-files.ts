import { existsSync, readFileSync } from 'node:fs'
import { join, posix } from 'node:path'
import { namedFiles } from './named-files.ts'
import { quoted } from './quoted.ts'
import type { Part } from './types.ts'

/** Names that stand for the place of a module, in its source and in its bundle, or of the package; and what reads files. */
const place =
  /\b__(?:dirname|filename|bundleFolder|bundleFile)\b|\bimport[._]meta\b|\bcwd\(|\bLAMBDA_TASK_ROOT\b|\b(?:readFile|readdir|createReadStream)|require\.resolve\(/

/** The modules of a bundle, and the paths of its package. */
export interface Bundled {
  /** The folder that the modules' paths are relative to. */
  readonly root: string
  /** The bundle's own path in the package, and its code without what is put in front of it. */
  readonly path: string
  readonly code: string
  readonly modules: readonly Part[]
  /** The paths of the package. */
  readonly paths: readonly string[]
}

/** A file that modules look for beside themselves; the modules are those of one dependency, or the project's own. */
interface Missing {
  readonly owner: string
  /** Undefined where only running it shows. */
  readonly file: string | undefined
}

/** How the notes begin. */
const lead = 'bundled packages look for files beside themselves that the package does not have: '
const ownLead = "the function's own code looks for files that are not beside the bundle: "

/** Whether a note on a package tells of files that its code may miss. */
export function isOnMissingFiles(note: string): boolean {
  return note.startsWith(lead) || note.startsWith(ownLead)
}

/**
 * Names dependencies whose modules read files beside themselves that a bundle does not have beside it, in one sentence, and the
 * function's own files of that kind in another. It goes by the code's words: what they come to may be otherwise.
 */
export function missingFileNotes(bundled: Bundled): string[] {
  // Most bundles ask for no place, and none of their modules is read again.
  if (!place.test(bundled.code)) return []
  const missing = bundled.modules
    .filter(({ size }) => size > 0)
    .flatMap((module) => missingOf(module.path, bundled))
  const owners = Map.groupBy(missing, ({ owner }) => owner)
  const own = owners.get('')
  owners.delete('')
  return [...dependencyNotes(owners), ...(own ? [ownNote(own)] : [])]
}

function missingOf(module: string, { root, path, paths }: Bundled): Missing[] {
  const file = join(root, module)
  if (!existsSync(file)) return []
  const code = readFileSync(file, 'utf8')
  if (!place.test(code)) return []
  const owner = /^.*\bnode_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(module)?.[1] ?? ''
  const has = (wanted: string) => paths.some((each) => each === wanted || each.startsWith(`${wanted}/`))
  /** Of names, those that are there from one folder of the source, and not from one of the package. */
  const lost = (names: readonly string[], from: string, to: string) =>
    names.filter((name) => existsSync(join(root, from, name)) && !has(posix.join(to, name)))
  const { beside, inPackage, hasOthers } = namedFiles(code)
  const files = lost(beside, posix.dirname(module), posix.dirname(path))
  // A dependency does not know what the package has.
  if (owner === '') return [...files, ...lost(inPackage, '', '')].map((name) => ({ owner, file: name }))
  if (files.length > 0) return files.map((name) => ({ owner, file: name }))
  return hasOthers ? [{ owner, file: undefined }] : []
}

const mostNamed = 4

function dependencyNotes(owners: ReadonlyMap<string, readonly Missing[]>): string[] {
  if (owners.size === 0) return []
  const named = [...owners].slice(0, mostNamed)
  const left = owners.size - named.length
  const list = [
    ...named.map(([owner, all]) => `${owner} (${filesOf(all)})`),
    ...(left > 0 ? [`and ${left} more`] : []),
  ].join(', ')
  const external = named.map(([owner]) => quoted(owner)).join(', ')
  const include = named.map(([owner]) => quoted(`node_modules/${owner}/`)).join(', ')
  const remedy = `bundle: {external: [${external}]} and include: [${include}], likewise for what they depend on`
  return [`${lead}${list}; where that matters, keep them whole: ${remedy}`]
}

function ownNote(own: readonly Missing[]): string {
  return `${ownLead}${filesOf(own)}; include: takes files of the source in`
}

function filesOf(all: readonly Missing[]): string {
  const files = [...new Set(all.flatMap(({ file }) => file ?? []))]
  return files.slice(0, 3).join(', ') || 'by names that only running it shows'
}

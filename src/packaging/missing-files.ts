import { existsSync, readFileSync } from 'node:fs'
import { join, posix } from 'node:path'
import type { Part } from './types.ts'

/** Names that stand for the place of a module, in its source and in its bundle. */
const place = /\b__(?:dirname|filename|bundleFolder|bundleFile)\b|\bimport[._]meta\b/

const text = String.raw`(?:'[^'\n]*'|"[^"\n]*")`
const folder = String.raw`(?:__dirname|import\.meta\.dirname)`
/** A file by its name in the code: `join(__dirname, 'a', 'b')`, `__dirname + '/a'`, a template, `new URL('a', import.meta.url)`. */
const namings = [
  new RegExp(String.raw`\b${folder}\s*((?:,\s*${text}\s*)+)\)`, 'g'),
  new RegExp(String.raw`\b${folder}\s*\+\s*(${text})`, 'g'),
  new RegExp(String.raw`\$\{${folder}\}([^\x60$\n]+)\x60`, 'g'),
  new RegExp(String.raw`\bnew URL\(\s*(${text})\s*,\s*import\.meta\.url`, 'g'),
]
/** A file whose name only running the code shows, where the code reads or starts files. */
const unnamed = new RegExp(
  String.raw`\b(?:join|resolve)\(\s*${folder}\s*,\s*[\w$.]+\s*[,)]|\$\{${folder}\}/\$\{|\b${folder}\s*\+\s*['"]/['"]\s*\+`,
)
const reads =
  /\b(?:readFile|readFileSync|createReadStream|readdir|readdirSync|dlopen|fork|execFile|spawn|Worker)\(/

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

/** How the note on dependencies begins. */
const lead = 'bundled packages look for files beside themselves that the package does not have: '

/** Whether a note on a package tells of files that dependencies may miss. */
export function isOnMissingFiles(note: string): boolean {
  return note.startsWith(lead)
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
  const code = readFileSync(file, 'utf8').replaceAll(/\/\*[^]*?\*\/|^\s*\/\/.*$/gm, '')
  if (!place.test(code)) return []
  const owner = /^.*\bnode_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(module)?.[1] ?? ''
  const has = (wanted: string) => paths.some((each) => each === wanted || each.startsWith(`${wanted}/`))
  const missing = namesIn(code)
    .filter((name) => existsSync(join(root, posix.dirname(module), name)))
    .filter((name) => !has(posix.join(posix.dirname(path), name)))
    .map((name) => ({ owner, file: name }))
  if (missing.length > 0 || owner === '') return missing
  return unnamed.test(code) && reads.test(code) ? [{ owner, file: undefined }] : []
}

function namesIn(code: string): string[] {
  const found = namings.flatMap((pattern) => Array.from(code.matchAll(pattern), ([, words = '']) => words))
  const names = found.map((words) =>
    posix.join(
      ...(/['"]/.test(words)
        ? Array.from(words.matchAll(/['"]([^'"\n]*)['"]/g), ([, word = '']) => word)
        : [words]),
    ),
  )
  // A folder above is the package's, whose files are mostly asked for by name elsewhere.
  return [...new Set(names.map((name) => name.replace(/^\/+|\/+$/g, '')))].filter(
    (name) => name !== '' && name !== '.' && !/^(?:\.\.\/?)+$/.test(name),
  )
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
  return `the function's own code looks for files beside itself that are not beside the bundle: ${filesOf(own)}; include: takes files of the source in`
}

function filesOf(all: readonly Missing[]): string {
  const files = [...new Set(all.flatMap(({ file }) => file ?? []))]
  return files.slice(0, 3).join(', ') || 'by names that only running it shows'
}

/** In YAML, `@` begins no plain word. */
function quoted(word: string): string {
  return word.startsWith('@') ? `"${word}"` : word
}

import { readFile, stat } from 'node:fs/promises'
import { resolve } from 'node:path'
import type { FileNames } from '../../config/file/names-in-file.ts'
import { type Candidate, candidatesFor } from './candidates.ts'
import type { Catalog, CatalogCommand } from './catalog.ts'
import type { Kind } from './kinds.ts'
import { type Given, slotAt } from './slot.ts'
import { typedWords } from './typed-words.ts'
import { within } from './within.ts'

/** A longer configuration file is not read for a tab, bytes. */
const longestFile = 256 * 1024
/** A shell waits no longer for a file: a text of nothing but anchors, for example, takes the parser hours. */
const longestMs = 1000

/**
 * Writes the words that fit at a shell's cursor: a line `words`, then one line for each, with a tab before its
 * description. The only line is `files` or `folders` if the shell itself knows the values. Asks AWS nothing. An error
 * gives no words, since text of any kind would land in the line that is being typed.
 *
 * @param root the folder of the installed program
 */
export async function answerShell(root: URL, [shell = '', ...words]: readonly string[]): Promise<void> {
  try {
    process.stdout.write((await answer(root, shell, words)).map((line) => `${line}\n`).join(''))
  } catch {
    process.stdout.write('words\n')
  }
}

async function answer(root: URL, shell: string, words: readonly string[]): Promise<string[]> {
  const typed = typedWords(shell, words)
  const catalog = await readCatalog(root)
  const slot = slotAt(typed, catalog)
  const kind = slot.wanted && 'kind' in slot.wanted ? slot.wanted.kind : undefined
  if (kind === 'files' || kind === 'folders') return [kind]
  const names = kind === undefined || kind === 'commands' ? [] : await namesOf(kind, slot.given)
  const lines = candidatesFor(slot, catalog, names).map(({ word, description }: Candidate) => {
    return `${word.slice(typed.kept.length)}${description && `\t${description}`}`
  })
  return ['words', ...lines]
}

async function readCatalog(root: URL): Promise<Catalog> {
  const [manifest, { oclif }] = await Promise.all([
    readJson<{ commands: Record<string, CatalogCommand> }>(new URL('oclif.manifest.json', root)),
    readJson<{ oclif: { topics: Catalog['topics'] } }>(new URL('package.json', root)),
  ])
  return { commands: Object.values(manifest.commands), topics: oclif.topics }
}

async function readJson<Content>(file: URL): Promise<Content> {
  return JSON.parse(await readFile(file, 'utf8')) as Content
}

async function namesOf(
  kind: Exclude<Kind, 'files' | 'folders' | 'commands'>,
  given: Given,
): Promise<readonly string[]> {
  if (kind === 'profiles') {
    const { sharedProfiles } = await import('../../aws/place/profiles.ts')
    return (await sharedProfiles()).names
  }
  const { findConfig } = await import('../../config/file/find-config.ts')
  const config = resolve(given.values.get('config') ?? (await findConfig(process.cwd())))
  const names = await namesInFile(config)
  if (kind === 'functions' || kind === 'environments' || kind === 'regions') return names[kind]
  const [only, ...others] = names.environments
  const environment =
    given.values.get('env') ?? (process.env['LAMBDACTL_ENV'] || (others.length > 0 ? undefined : only))
  if (environment === undefined) return []
  const { readSeen } = await import('./seen.ts')
  const seen = await readSeen({ config, environment })
  const functions = given.args.length > 0 ? given.args : Object.keys(seen)
  return [...new Set(functions.flatMap((name) => seen[name]?.[kind] ?? []))]
}

/** A pipe in place of a file would never end. */
async function namesInFile(path: string): Promise<FileNames> {
  const file = await stat(path)
  if (!file.isFile() || file.size > longestFile) return { functions: [], environments: [], regions: [] }
  const [{ namesIn }, text] = await Promise.all([
    import('../../config/file/names-in-file.ts'),
    readFile(path, 'utf8'),
  ])
  return within(longestMs, () => namesIn(text))
}

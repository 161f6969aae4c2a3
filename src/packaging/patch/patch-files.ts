import { hash } from 'node:crypto'
import type { DeployedFile } from '../adopted/deployed-code.ts'
import { deployedFiles } from '../adopted/deployed-code.ts'
import { looksSecret } from '../select/keep-rules.ts'
import { deployedInvalid } from '../unzip/deployed-invalid.ts'
import { mapBeside, type Sources, sourcesOf, withoutMap } from './source-map.ts'
import { textOf, unified } from './unified.ts'

/** The differences of one file, or of one source from which a file was made. */
export interface FilePatch {
  /** POSIX; for a source, the path that the source map gives. */
  readonly path: string
  /** The package's file that was made from this source; absent for a file itself. */
  readonly madeInto?: string
  /** In the unified format; for a file that is no text, a sentence with sizes and digests. */
  readonly text: string
}

/** A zip, and its name for a person. */
export interface NamedZip {
  readonly zip: Uint8Array
  readonly what: string
}

/**
 * Shows the differences between files of two packages as text. If both files have a source map with sources, the
 * sources are compared, or else the files themselves.
 *
 * @param paths the files that differ
 * @throws LambdactlError PACKAGE_INVALID
 */
export async function patchFiles(
  before: NamedZip,
  after: NamedZip,
  paths: readonly string[],
): Promise<FilePatch[]> {
  const [from, to] = await Promise.all([reader(before), reader(after)])
  const patches: FilePatch[] = []
  const maps = new Set<string>()
  for (const path of byInterest(paths)) {
    if (maps.has(path)) continue
    const [old, now] = await Promise.all([from(path), to(path)])
    if ([old, now].some((bytes) => bytes && looksSecret(path, bytes))) {
      patches.push({ path, text: 'not shown: it looks like a secret.\n' })
      continue
    }
    const sources = await sourcePatches(path, [old, from], [now, to])
    if (sources.length > 0) {
      for (const bytes of [old, now]) maps.add(mapBeside(path, textOf(bytes ?? Buffer.of()) ?? '') ?? '')
      patches.push(...sources)
    } else patches.push({ path, text: await filePatch(path, old, now) })
  }
  return patches
}

type ReadFile = (path: string) => Promise<Buffer | undefined>

async function reader({ zip, what }: NamedZip): Promise<ReadFile> {
  const files = new Map(
    (await deployedFiles(zip, what)).map((file): [string, DeployedFile] => [file.path, file]),
  )
  return async (path) =>
    files
      .get(path)
      ?.content()
      .catch((cause: unknown) => {
        throw deployedInvalid(what, `${path} is damaged`, cause)
      })
}

/** Sorts a project's own files before those of its dependencies, and a map behind its file. */
function byInterest(paths: readonly string[]): string[] {
  return paths.toSorted((one, other) => rankOf(one) - rankOf(other))
}

function rankOf(path: string): number {
  return Number(isOfDependency(path)) * 2 + Number(path.endsWith('.map'))
}

function isOfDependency(path: string): boolean {
  return /(?:^|\/)(?:node_modules|[^/]+\.dist-info|site-packages)\//.test(path)
}

/** None if one of the two files has no sources, or all sources are equal. */
async function sourcePatches(
  path: string,
  [old, from]: readonly [Buffer | undefined, ReadFile],
  [now, to]: readonly [Buffer | undefined, ReadFile],
): Promise<FilePatch[]> {
  const [before, after] = await Promise.all([sourcesIn(path, old, from), sourcesIn(path, now, to)])
  if (!before || !after) return []
  const names = [...new Set([...before.keys(), ...after.keys()])].filter(
    (name) => before.get(name) !== after.get(name),
  )
  return Promise.all(
    byInterest(names.toSorted()).map(async (name) => ({
      path: name,
      madeInto: path,
      text: await unified(name, before.get(name), after.get(name)),
    })),
  )
}

async function sourcesIn(
  path: string,
  bytes: Buffer | undefined,
  read: ReadFile,
): Promise<Sources | undefined> {
  const text = bytes && /\.[cm]?js$/.test(path) ? textOf(bytes) : undefined
  if (text === undefined) return undefined
  return sourcesOf(path, text, async (other) => {
    const found = await read(other)
    return found && textOf(found)
  })
}

async function filePatch(path: string, old: Buffer | undefined, now: Buffer | undefined): Promise<string> {
  if (old && now && old.equals(now)) return 'the same content, with another mode.\n'
  const [before, after] = [old, now].map((bytes) => bytes && textOf(bytes))
  if ((old && before === undefined) || (now && after === undefined)) return binaryPatch(old, now)
  return unified(path, before && withoutMapIn(path, before), after && withoutMapIn(path, after))
}

function withoutMapIn(path: string, text: string): string {
  return /\.[cm]?js$/.test(path) && text.includes('sourceMappingURL=data:') ? withoutMap(text) : text
}

function binaryPatch(old: Buffer | undefined, now: Buffer | undefined): string {
  return `not text: ${factsOf(old)} → ${factsOf(now)}\n`
}

function factsOf(bytes: Buffer | undefined): string {
  return bytes ? `${bytes.length} bytes, sha256 ${hash('sha256', bytes).slice(0, 16)}` : 'nothing'
}

import { posix } from 'node:path'

/** The text of a file's sources, by their paths. */
export type Sources = ReadonlyMap<string, string>

/** Reads the text of another file of the package; undefined if the file is missing or no text. */
export type ReadText = (path: string) => Promise<string | undefined>

const mapLine = /^[ \t]*\/[/*][#@] ?sourceMappingURL=(\S+?)(?:[ \t]*\*\/)?[ \t]*$/gm

/** A file's text without the line that names its source map: people can't read an inline map. */
export function withoutMap(text: string): string {
  return text.replace(mapLine, '').trimEnd().concat('\n')
}

/**
 * Reads the sources of a file from its source map, inline or beside it; undefined if there is no map, or a map without
 * source texts.
 *
 * @param path of the file, relative to the package's root
 */
export async function sourcesOf(path: string, text: string, read: ReadText): Promise<Sources | undefined> {
  const parsed = await mapOf(path, text, read)
  const sources = parsed ? sourcesIn(parsed) : []
  return sources.length > 0 ? new Map(sources) : undefined
}

/**
 * Reads the source map of a file, inline or beside it; undefined if there is none.
 *
 * @param path of the file, relative to the package's root
 */
export async function mapOf(
  path: string,
  text: string,
  read: ReadText,
): Promise<Record<string, unknown> | undefined> {
  const beside = mapBeside(path, text)
  const map = beside === undefined ? inline(urlIn(text) ?? '') : await read(beside)
  return map === undefined ? undefined : parse(map)
}

/** The path of a source map beside its file; undefined for an inline one. */
export function mapBeside(path: string, text: string): string | undefined {
  const url = urlIn(text)
  if (url?.startsWith('data:')) return undefined
  return posix.join(posix.dirname(path), url === undefined ? `${posix.basename(path)}.map` : decoded(url))
}

function urlIn(text: string): string | undefined {
  return [...text.matchAll(mapLine)].at(-1)?.[1]
}

function decoded(url: string): string {
  try {
    return decodeURIComponent(url)
  } catch {
    return url
  }
}

function inline(url: string): string | undefined {
  const [, base64, content = ''] = /^data:application\/json[^,]*?(;base64)?,(.*)$/.exec(url) ?? []
  return base64 ? Buffer.from(content, 'base64').toString('utf8') : decoded(content)
}

function parse(map: string): Record<string, unknown> | undefined {
  try {
    const parsed: unknown = JSON.parse(map)
    return typeof parsed === 'object' && parsed !== null ? (parsed as Record<string, unknown>) : undefined
  } catch {
    return undefined
  }
}

/** A map is not trusted. It may consist of sections, each a map. */
function sourcesIn({ sources, sourcesContent, sections }: Record<string, unknown>): [string, string][] {
  if (Array.isArray(sections)) {
    return sections.flatMap((section: unknown) => {
      const { map } = (section ?? {}) as { map?: unknown }
      return typeof map === 'object' && map !== null ? sourcesIn({ ...map, sections: undefined }) : []
    })
  }
  if (!Array.isArray(sources) || !Array.isArray(sourcesContent)) return []
  return sources.flatMap((source: unknown, index): [string, string][] => {
    const content: unknown = sourcesContent[index]
    return typeof source === 'string' && typeof content === 'string' ? [[shortPath(source), content]] : []
  })
}

/**
 * `src/index.ts` for `../../src/index.ts` and `webpack://shop/./src/index.ts`: the machines that build differ in their
 * folders.
 */
export function shortPath(source: string): string {
  const path = posix.normalize(source.replace(/^[a-z][a-z0-9+.-]*:\/\/[^/]*\//i, '').replaceAll('\\', '/'))
  return path.replace(/^(?:\.\.\/)+|^\/+/g, '')
}

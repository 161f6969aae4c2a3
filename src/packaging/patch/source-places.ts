import { SourceMap, type SourceMapPayload } from 'node:module'
import { posix } from 'node:path'
import { type DeployedFile, deployedFiles } from '../adopted/deployed-code.ts'
import { mapOf, shortPath } from './source-map.ts'

/** Line and column begin at 1. */
interface Place {
  path: string
  line: number
  column: number
}

/** Finds the place in the sources; undefined if the package has no map for it. */
export type SourcePlaces = (place: Place) => Place | undefined

/**
 * Reads the source maps of a version's zip: those of its own scripts, inline or beside them.
 *
 * @param what a name for a person: `shop-checkout-prod:3`
 * @throws LambdactlError PACKAGE_INVALID
 */
export async function sourcePlaces(zip: Uint8Array, what: string): Promise<SourcePlaces> {
  const files = new Map((await deployedFiles(zip, what)).map((file) => [file.path, file]))
  const read = async (path: string) => (await files.get(path)?.content())?.toString('utf8')
  const maps = new Map<string, SourceMap>()
  for (const file of files.values()) {
    const map = isOwnScript(file) ? await mapOf(file.path, (await read(file.path)) ?? '', read) : undefined
    if (isPayload(map)) maps.set(file.path, new SourceMap(map))
  }
  return ({ path, line, column }) => {
    const origin = maps.get(path)?.findOrigin(line, column)
    if (!origin || !('fileName' in origin)) return undefined
    return { path: sourcePath(path, origin.fileName), line: origin.lineNumber, column: origin.columnNumber }
  }
}

/** A map names its sources from the place of their script. */
function sourcePath(script: string, source: string): string {
  const isRelative = !/^(?:[a-z][a-z0-9+.-]*:|\/)/i.test(source)
  return shortPath(isRelative ? posix.join(posix.dirname(script), source) : source)
}

function isOwnScript({ path }: DeployedFile): boolean {
  return /\.[cm]?js$/.test(path) && !path.includes('node_modules/')
}

/** A map is not trusted. */
function isPayload(
  map: Record<string, unknown> | undefined,
): map is SourceMapPayload & Record<string, unknown> {
  if (typeof map?.['mappings'] !== 'string' || !Array.isArray(map['sources'])) return false
  return map['sources'].every((source: unknown) => typeof source === 'string')
}

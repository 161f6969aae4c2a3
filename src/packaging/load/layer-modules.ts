import { hash } from 'node:crypto'
import { readFile, utimes, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { asLambdactlError } from '../../errors/error.ts'
import { cacheFolder } from '../cache/cache-folder.ts'
import { forgetOldest } from '../cache/forget-oldest.ts'
import type { LoadingSource, Tools } from '../model/types.ts'
import { zippedFiles } from '../unzip/ready-zip.ts'

/** The modules that a function's layers have. */
export interface LayerModules {
  /** Names of Node packages, or of top-level Python modules. */
  readonly names: ReadonlySet<string>
  /** Layers that were not read, each with the reason. */
  readonly unread: readonly string[]
}

export const noLayers: LayerModules = { names: new Set(), unread: [] }

/** A file has some hundreds of bytes. */
const mostCached = 20_000_000

/**
 * Reads the module names of a function's layers, as far as permissions allow. A layer version never changes, so the
 * names are cached for ever.
 *
 * @throws LambdactlError INTERRUPTED
 */
export async function layerModules(
  { runtime, layers = [] }: Pick<LoadingSource, 'runtime' | 'layers'>,
  tools: Pick<Tools, 'readLayer' | 'variables'>,
): Promise<LayerModules> {
  const found = await Promise.all(layers.map((arn) => placesIn(arn, tools)))
  const names = found.flatMap((places) =>
    'why' in places ? [] : places.flatMap((each) => nameFor(runtime, each)),
  )
  const unread = found.flatMap((places, index) =>
    'why' in places ? [`${shortLayer(layers[index] ?? '')} (${places.why})`] : [],
  )
  return { names: new Set(names), unread }
}

/** `pad:3` of `arn:aws:lambda:eu-west-1:123456789012:layer:pad:3`. */
export function shortLayer(arn: string): string {
  return arn.split(':').slice(6).join(':') || arn
}

/** Places of modules in a layer: `nodejs/node_modules/left-pad`, `python/requests`. */
type Places = readonly string[]

async function placesIn(
  arn: string,
  { readLayer, variables }: Pick<Tools, 'readLayer' | 'variables'>,
): Promise<Places | { why: string }> {
  const { folder } = await cacheFolder('layers', variables)
  const file = folder && join(folder, hash('sha256', arn))
  const cached = file && (await readCached(file))
  if (cached) return cached
  if (!readLayer) return { why: 'this command reads nothing from AWS' }
  try {
    const zip = await readLayer(arn)
    const paths = (await zippedFiles(Buffer.from(zip), `the layer ${shortLayer(arn)}`)).map(
      ({ path }) => path,
    )
    const places = [...new Set(paths.flatMap((path) => placeOf(path) ?? []))].toSorted()
    if (folder && file) await keep(folder, file, places)
    return places
  } catch (thrown) {
    const { kind, brief } = asLambdactlError(thrown)
    if (kind !== 'user') throw thrown
    // The caller names the layer.
    return { why: brief.replace(/^could not (?:read|download) the layer \S+: |\.$/gi, '') }
  }
}

async function readCached(file: string): Promise<Places | undefined> {
  try {
    const places = JSON.parse(await readFile(file, 'utf8')) as unknown
    if (!Array.isArray(places)) return undefined
    const now = new Date()
    // The cache keeps the files that were used last.
    await utimes(file, now, now)
    return places.filter((each) => typeof each === 'string')
  } catch {
    return undefined
  }
}

async function keep(folder: string, file: string, places: Places): Promise<void> {
  // If the write fails, for example on a full disk, the next run reads the layer again.
  await writeFile(file, JSON.stringify(places), { mode: 0o600 }).catch(() => undefined)
  await forgetOldest(folder, mostCached)
}

const nodePlace = /^nodejs\/(?:node(\d+)\/)?node_modules\/((?:@[^/]+\/)?[^/@.][^/]*)(?=\/)/
const pythonPlace =
  /^python\/(?:lib\/python(3\.\d+)\/site-packages\/)?([^/.]+)(?=\/|\.(?:pyc?|(?:[\w-]+\.)*so)$)/

/** The part of a file's path that names a module; undefined if the file belongs to none. */
function placeOf(path: string): string | undefined {
  return (nodePlace.exec(path) ?? pythonPlace.exec(path))?.[0]
}

/** The name by which a runtime finds the module at a place; none for the folder of another version. */
function nameFor(runtime: string, place: string): string[] {
  const [version, pattern] = runtime.startsWith('nodejs')
    ? [/\d+/.exec(runtime)?.[0], nodePlace]
    : [runtime.replace('python', ''), pythonPlace]
  const [, of, name] = pattern.exec(`${place}/`) ?? []
  return name !== undefined && (of === undefined || of === version) ? [name] : []
}

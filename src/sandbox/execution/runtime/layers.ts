import { join } from 'node:path'
import { canOverlay, type Overlay } from '../../../processes/wall.ts'
import type { FunctionFacts } from '../model/function-facts.ts'

/** Where a handler finds the files of its layers. */
export interface LayersPlace {
  /** `/opt`, or the folder itself where nothing can be laid over /opt. */
  path: string
  overlays: readonly Overlay[]
}

/** Lays a function's layers over /opt, in a mount namespace of its process; undefined if it has none. */
export async function placeLayers({
  layersDirectory: folder,
}: Pick<FunctionFacts, 'layersDirectory'>): Promise<LayersPlace | undefined> {
  if (folder === undefined) return undefined
  const overlay = { folder, place: '/opt' }
  return (await canOverlay(overlay)) ? { path: '/opt', overlays: [overlay] } : { path: folder, overlays: [] }
}

/** The variables by which runtimes find code and programs in layers, as Lambda sets them. */
export function layerVariables(
  { runtime, variables }: Pick<FunctionFacts, 'runtime' | 'variables'>,
  { path }: LayersPlace,
  programs: string,
): Record<string, string> {
  const node = runtime.replace(/^nodejs(\d+)\.x$/, 'node$1')
  const python = [join(path, 'python/lib', runtime, 'site-packages'), join(path, 'python')]
  return {
    PATH: `${programs}:${join(path, 'bin')}`,
    LD_LIBRARY_PATH: join(path, 'lib'),
    NODE_PATH: [join(path, 'nodejs', node, 'node_modules'), join(path, 'nodejs/node_modules')].join(':'),
    ...variables,
    PYTHONPATH: [variables['PYTHONPATH'], ...python].filter(Boolean).join(':'),
  }
}

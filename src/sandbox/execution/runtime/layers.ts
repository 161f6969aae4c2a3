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

import { byPath } from '../model/order.ts'
import type { Entry } from '../model/types.ts'
import { deflate } from './deflate.ts'
import { writeZip } from './write-zip.ts'

/** A zip of entries in memory: byte-identical for the same entries in any order on the same Node. */
export async function archive(entries: readonly Entry[]): Promise<Buffer> {
  const contents = entries.map(({ path, content }) => ({ path, size: content.length }))
  return writeZip(deflated(entries), contents)
}

async function* deflated(entries: readonly Entry[]) {
  for (const { path, mode, content } of byPath(entries)) yield [{ path, mode, ...deflate(content) }]
}

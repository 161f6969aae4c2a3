import { buffer } from 'node:stream/consumers'
import { byPath } from './order.ts'
import type { Entry } from './types.ts'

/** Any fixed date does; zip knows none before 1980. */
const date = new Date('2000-01-01T00:00:00Z')

/** A zip of the entries: byte-identical for the same entries on the same Node, whatever their order. */
export async function archive(entries: readonly Entry[]): Promise<Buffer> {
  const { ZipArchive } = await import('archiver')
  const zip = new ZipArchive({ zlib: { level: 6 } })
  // Level 9 saves half a percent for nearly twice the time.
  for (const { path, mode, content } of byPath(entries)) zip.append(content, { name: path, date, mode })
  const [bytes] = await Promise.all([buffer(zip), zip.finalize()])
  return bytes
}

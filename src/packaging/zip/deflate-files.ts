import { refused } from '../model/refused.ts'
import type { PackagingProgress, SourceFile } from '../model/types.ts'
import { type Batch, type DeflatedBatch, deflateBatch, type UnreadableFile } from './deflate-batch.ts'
import { deflateInWorkers } from './deflate-in-workers.ts'
import type { ZipEntry } from './write-zip.ts'

/** The size of a batch: large enough to cost little, small enough to share the work. */
const batchLimits = { bytes: 1_048_576, files: 255 }
/** From these sizes on, workers save more time than their start takes. */
const worthWorkers = { bytes: 2_000_000, files: 1000 }

/** Tells whether packing takes so long that workers and the cache save time. */
export function areMany(files: readonly SourceFile[]): boolean {
  return files.length >= worthWorkers.files || sizeOf(files) >= worthWorkers.bytes
}

/**
 * Reads and deflates files, several at a time; the results come in the files' order.
 *
 * @throws LambdactlError PACKAGE_INVALID naming a file that can't be read, or that was changed since it was selected
 */
export async function* deflateFiles(
  files: readonly SourceFile[],
  onProgress?: (progress: PackagingProgress) => void,
): AsyncGenerator<ZipEntry[]> {
  const batches = batchesOf(files)
  const results = areMany(files)
    ? deflateInWorkers(batches.map(toRead))
    : batches.map((batch) => deflateBatch(batch))
  const totals = { totalFiles: files.length, totalBytes: sizeOf(files) }
  const done = { files: 0, bytes: 0 }
  let index = 0
  onProgress?.({ ...done, ...totals })
  for await (const result of results) {
    const batch = batches[index++] ?? []
    yield zipEntries(batch, result)
    done.files += batch.length
    done.bytes += sizeOf(batch)
    onProgress?.({ ...done, ...totals })
  }
}

function zipEntries(batch: readonly SourceFile[], result: DeflatedBatch | UnreadableFile): ZipEntry[] {
  if ('unreadable' in result)
    throw refused(`${batch[result.unreadable]?.path} can't be read: ${result.reason}`)
  let offset = 0
  return result.files.map(({ zippedSize, ...deflated }, index) => {
    const { path, mode } = batch[index] as SourceFile
    const data = result.data.subarray(offset, (offset += zippedSize))
    return { path, mode, ...deflated, data }
  })
}

function batchesOf(files: readonly SourceFile[]): SourceFile[][] {
  const batches: SourceFile[][] = []
  let bytes = 0
  for (const file of files) {
    const last = batches.at(-1)
    if (!last || last.length === batchLimits.files || bytes + file.size > batchLimits.bytes) {
      batches.push([file])
      bytes = file.size
    } else {
      last.push(file)
      bytes += file.size
    }
  }
  return batches
}

/** Removes the properties that workers don't need. */
function toRead(batch: readonly SourceFile[]): Batch {
  return batch.map(({ path: _path, mode: _mode, ...file }) => file)
}

export function sizeOf(files: readonly { size: number }[]): number {
  return files.reduce((sum, { size }) => sum + size, 0)
}

import { closeSync, constants, fstatSync, openSync, readSync } from 'node:fs'
import type { SourceFile } from '../model/types.ts'
import { hasStamp } from './source-file.ts'

export type FileToRead = Omit<SourceFile, 'path' | 'mode'>

/** Reused for every file up to this size; bytes. */
let scratch = Buffer.alloc(0)
const scratchSize = 1_048_576

/**
 * The content of a file, unchanged since it was selected. A file that was changed since, or while it is read, is
 * refused, so that no package holds half of a change. The content is valid until the next call.
 *
 * @throws Error saying why it can't be read
 */
export function readUnchanged(file: FileToRead): Buffer {
  const { absolutePath, size } = file
  // If the file has become a FIFO, opening it must not wait for a writer. Windows has no such flag, and no such files.
  const descriptor = openSync(absolutePath, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0))
  try {
    const room = roomFor(size + 1)
    const read = fill(descriptor, room)
    if (read !== size || !hasStamp(fstatSync(descriptor), file)) {
      throw new Error('it was changed while it was packaged')
    }
    return room.subarray(0, size)
  } finally {
    closeSync(descriptor)
  }
}

/** One byte more than the file's size shows whether the file grew. */
function roomFor(size: number): Buffer {
  if (size > scratchSize) return Buffer.allocUnsafeSlow(size)
  if (scratch.length === 0) scratch = Buffer.allocUnsafeSlow(scratchSize)
  return scratch.subarray(0, size)
}

/** @returns how many bytes were read, up to the end of the file or of the room */
function fill(descriptor: number, room: Buffer): number {
  let filled = 0
  while (filled < room.length) {
    const read = readSync(descriptor, room, filled, room.length - filled, null)
    if (read === 0) break
    filled += read
  }
  return filled
}

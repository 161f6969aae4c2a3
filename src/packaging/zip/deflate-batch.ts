import { type FileToRead, readUnchanged } from '../select/read-file.ts'
import { type Deflated, deflate } from './deflate.ts'

/** Files that are deflated together, to send them between threads at once. */
export type Batch = readonly FileToRead[]

/** A batch's files in its order; their data follow each other. */
export interface DeflatedBatch {
  readonly files: readonly DeflatedFile[]
  readonly data: Uint8Array<ArrayBuffer>
}

interface DeflatedFile extends Omit<Deflated, 'data'> {
  /** The size of its data; bytes. */
  readonly zippedSize: number
}

/** A file that can't be packaged. */
export interface UnreadableFile {
  /** Its place in the batch. */
  readonly unreadable: number
  readonly reason: string
}

/** Reads each file once, and makes its digest, its checksum and its deflated data. */
export function deflateBatch(batch: Batch): DeflatedBatch | UnreadableFile {
  const files: DeflatedFile[] = []
  const parts: Uint8Array[] = []
  for (const [index, file] of batch.entries()) {
    try {
      const { data, ...deflated } = deflate(readUnchanged(file))
      files.push({ ...deflated, zippedSize: data.length })
      // Stored data lie in memory that the next file is read into, so they are copied.
      parts.push(data.length === file.size ? new Uint8Array(data) : data)
    } catch (error) {
      return { unreadable: index, reason: error instanceof Error ? error.message : String(error) }
    }
  }
  return { files, data: joined(parts) }
}

/** Copies into memory of its own, which can be passed to another thread without a copy. */
function joined(parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const data = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0))
  let offset = 0
  for (const part of parts) {
    data.set(part, offset)
    offset += part.length
  }
  return data
}

import { isUtf8 } from 'node:buffer'
import type { Entry } from 'yauzl'

const marksUtf8 = 0x800
const unix = 3
const unicodePath = 0x7075

/**
 * The path of an entry. Without a mark of UTF-8 yauzl reads names as those of DOS, which has pictures for control characters
 * and letters of its own; but what was made on Unix, and is UTF-8, is meant as that, as `unzip` takes it too.
 */
export function nameOf(entry: Entry): string {
  const { fileName, fileNameRaw, generalPurposeBitFlag, versionMadeBy, extraFields } = entry
  const isMarked = generalPurposeBitFlag & marksUtf8 || extraFields.some(({ id }) => id === unicodePath)
  if (isMarked || versionMadeBy >>> 8 !== unix || !isUtf8(fileNameRaw)) return fileName
  // The bytes below 0x80 that a path is judged by are the same in both.
  return fileNameRaw.toString('utf8').replaceAll('\\', '/')
}

/** Whether an entry is a symbolic link. */
export function isLink({ externalFileAttributes }: Entry): boolean {
  return ((externalFileAttributes >>> 16) & 0o170000) === 0o120000
}

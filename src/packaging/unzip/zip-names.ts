import { isUtf8 } from 'node:buffer'
import type { Entry } from 'yauzl'

const marksUtf8 = 0x800
const unix = 3
const unicodePath = 0x7075

/**
 * The path of an entry. Without a UTF-8 mark yauzl reads names in the DOS character set, which has pictures for control
 * characters. A name from Unix that is valid UTF-8 is read as UTF-8, as `unzip` does.
 */
export function nameOf(entry: Entry): string {
  const { fileName, fileNameRaw, generalPurposeBitFlag, versionMadeBy, extraFields } = entry
  const isMarked = generalPurposeBitFlag & marksUtf8 || extraFields.some(({ id }) => id === unicodePath)
  if (isMarked || versionMadeBy >>> 8 !== unix || !isUtf8(fileNameRaw)) return fileName
  // The bytes below 0x80, which decide about a path, are the same in both character sets.
  return fileNameRaw.toString('utf8').replaceAll('\\', '/')
}

/** Whether an entry is a symbolic link. */
export function isLink({ externalFileAttributes }: Entry): boolean {
  return ((externalFileAttributes >>> 16) & 0o170000) === 0o120000
}

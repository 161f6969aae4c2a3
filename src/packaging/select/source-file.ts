import type { Stats } from 'node:fs'
import type { SourceFile, Stamp } from '../model/types.ts'

export function sourceFile(path: string, absolutePath: string, status: Stats): SourceFile {
  const mode = status.mode & 0o111 ? 0o755 : 0o644
  const { size, mtimeMs, ctimeMs, ino } = status
  return { path, absolutePath, mode, size, mtimeMs, ctimeMs, inode: ino }
}

/** Tells whether an open file is the one that was selected, unchanged. */
export function hasStamp({ size, mtimeMs, ctimeMs, ino }: Stats, stamp: Stamp): boolean {
  return size === stamp.size && mtimeMs === stamp.mtimeMs && ctimeMs === stamp.ctimeMs && ino === stamp.inode
}

import type { BigIntStats } from 'node:fs'
import type { SourceFile } from './types.ts'

export function sourceFile(path: string, absolutePath: string, status: BigIntStats): SourceFile {
  return {
    path,
    absolutePath,
    size: Number(status.size),
    mode: status.mode & 0o111n ? 0o755 : 0o644,
    stamp: stampOf(status),
    changedMs: Number(status.mtimeMs > status.ctimeMs ? status.mtimeMs : status.ctimeMs),
  }
}

/** A file with another stamp was changed, or is another file. Times are in nanoseconds. */
export function stampOf({ size, mtimeNs, ctimeNs, ino }: BigIntStats): string {
  return `${size} ${mtimeNs} ${ctimeNs} ${ino}`
}

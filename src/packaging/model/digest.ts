import { createHash } from 'node:crypto'
import { canonicalJson } from './canonical-json.ts'
import { byPath } from './order.ts'
import type { Entry, PackageFile } from './types.ts'

type Digested = Pick<PackageFile, 'path' | 'mode' | 'sha256'>

/** SHA-256 in hex over the files alone: (path, mode, sha256) in the order of their paths. */
export function codeDigest(files: readonly Digested[]): string {
  return sha256Of(byPath(files).map(lineOf).join(''))
}

/**
 * SHA-256 in hex over the files and the function's configuration; an equal digest means that there is nothing to
 * deploy. Times, absolute paths, the order of creation and the zip's own bytes don't count.
 */
export function packageDigest(files: readonly Digested[], configuration: unknown): string {
  return sha256Of(`${codeDigest(files)}\n${canonicalJson(configuration)}`)
}

export function describeEntry({ path, mode, content }: Entry): PackageFile {
  return { path, size: content.length, mode, sha256: sha256Of(content) }
}

function lineOf({ path, mode, sha256 }: Digested): string {
  return `${JSON.stringify([path, mode, sha256])}\n`
}

function sha256Of(data: string | Buffer): string {
  return createHash('sha256').update(data).digest('hex')
}

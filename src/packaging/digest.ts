import { createHash } from 'node:crypto'
import { canonicalJson } from './canonical-json.ts'
import { byPath } from './order.ts'
import type { Entry, PackageFile } from './types.ts'

type Digested = Pick<PackageFile, 'path' | 'mode' | 'sha256'>

/** SHA-256 in hex over the files alone: (path, mode, sha256) in the order of their paths. */
export function codeDigest(files: readonly Digested[]): string {
  const hash = createHash('sha256')
  for (const { path, mode, sha256 } of byPath(files)) hash.update(`${JSON.stringify([path, mode, sha256])}\n`)
  return hash.digest('hex')
}

/**
 * SHA-256 in hex over the files and the function's configuration: what decides whether there is anything to deploy.
 * Times, absolute paths, the order of creation and the zip's own bytes don't count.
 */
export function packageDigest(files: readonly Digested[], configuration: unknown): string {
  return sha256Of(`${codeDigest(files)}\n${canonicalJson(configuration)}`)
}

export function describeFiles(entries: readonly Entry[]): PackageFile[] {
  return entries.map(({ path, mode, content }) => ({
    path,
    size: content.length,
    mode,
    sha256: sha256Of(content),
  }))
}

function sha256Of(data: string | Buffer): string {
  return createHash('sha256').update(data).digest('hex')
}

import { LambdactlError } from '../../errors/error.ts'
import type { NextStep } from '../../errors/next-step.ts'
import type { FunctionPackage, Share } from './types.ts'

/** Lambda's limits in bytes, as its own refusals name them. */
export const limits = { zipped: 52_428_800, unzipped: 262_144_000 }

const mostShares = 5

const smaller = 'Leave files out with .lambdactlignore, bundle the function, or move dependencies to a layer.'
const viaS3: NextStep = (config) =>
  `Or upload it through S3: artifacts: BUCKET in ${config.name}, with a bucket in the function's Region.`

/** The largest folders, dependencies and single files at the top, largest first. */
export function largestShares(files: Iterable<{ path: string; size: number }>): Share[] {
  const totals = new Map<string, number>()
  for (const { path, size } of files) {
    const group = groupOf(path)
    totals.set(group, (totals.get(group) ?? 0) + size)
  }
  const shares = Array.from(totals, ([path, bytes]) => ({ path, bytes }))
  return shares.toSorted((a, b) => b.bytes - a.bytes || (a.path < b.path ? -1 : 1)).slice(0, mostShares)
}

/** @throws LambdactlError PACKAGE_INVALID for more bytes than Lambda takes, naming the largest parts */
export function requireWithin(kind: 'zipped' | 'unzipped', bytes: number, largest: readonly Share[]): void {
  const limit = limits[kind]
  if (bytes <= limit) return
  const parts = largest.map((share) => `${share.path} (${megabytes(share.bytes)})`).join(', ')
  throw new LambdactlError(
    'PACKAGE_INVALID',
    `The package is too large ${kind}: expected at most ${megabytes(limit)}, got ${megabytes(bytes)}. Largest: ${parts}.`,
    { next: kind === 'zipped' ? [smaller, viaS3] : [smaller] },
  )
}

/**
 * Refuses a package that can't be uploaded, before the upload begins. Lambda takes less in a request than from a
 * bucket.
 *
 * @throws LambdactlError PACKAGE_INVALID
 */
export function requireUploadable(
  { zippedBytes, largest }: Pick<FunctionPackage, 'zippedBytes' | 'largest'>,
  hasBucket: boolean,
): void {
  if (!hasBucket) requireWithin('zipped', zippedBytes, largest)
}

/** `node_modules/<package>` for a dependency at any depth, or else the folder or file at the top. */
function groupOf(path: string): string {
  return /^(?:\.\.\/)*((?:.*?\/)??node_modules\/(?:@[^/]*\/)?[^/]+|[^/]+)/.exec(path)?.[1] ?? path
}

/** MiB, as Lambda counts its limits. Rounded up, so that one byte too many doesn't look like the limit. */
function megabytes(bytes: number): string {
  return `${Math.ceil((bytes / 1_048_576) * 10) / 10} MiB`
}

import type { Stats } from 'node:fs'
import { readFile, stat } from 'node:fs/promises'
import { basename } from 'node:path'
import { archive } from './archive.ts'
import { bundleFunction } from './bundle.ts'
import { checkHandler } from './check-handler.ts'
import { sizeOf } from './deflate-files.ts'
import { codeDigest, describeEntry } from './digest.ts'
import { largestShares, requireWithin } from './limits.ts'
import { packFolder } from './pack-folder.ts'
import { readZip } from './ready-zip.ts'
import { sourceInvalid } from './source-invalid.ts'
import type { FunctionPackage, PackageSource, PackagingProgress, Packed } from './types.ts'

export type { FunctionPackage, PackagingProgress } from './types.ts'

/**
 * A function's package, ready to upload. Nothing is written beside the source; the packages of large folders are kept in
 * the user's cache. `requireUploadable` says whether Lambda takes it zipped.
 *
 * @param onProgress called many times a second where a large folder is packed
 * @throws LambdactlError PACKAGE_INVALID when the source is missing or can't be packaged, the handler isn't in it, or
 * it is larger than Lambda takes
 */
export async function packageFunction(
  fn: PackageSource,
  onProgress?: (progress: PackagingProgress) => void,
): Promise<FunctionPackage> {
  const bundled = fn.bundle && fn.runtime.startsWith('nodejs') && !isZip(fn.source)
  const { zip, files, largest, excludedSecrets } = await pack(fn, bundled, onProgress)
  const unzippedBytes = sizeOf(files)
  requireWithin('unzipped', unzippedBytes, largest)
  const sizes = { zippedBytes: zip.length, unzippedBytes, largest }
  return { zip, codeDigest: codeDigest(files), files, ...sizes, excludedSecrets, bundled }
}

async function pack(
  fn: PackageSource,
  bundled: boolean,
  onProgress?: (progress: PackagingProgress) => void,
): Promise<Packed> {
  const status = await statusOf(fn.source)
  if (isZip(fn.source) && status.isFile()) return passReadyZip(fn)
  if (!status.isDirectory()) throw sourceInvalid(fn.source, 'a file')
  return bundled ? packBundle(fn) : packFolder(fn, onProgress)
}

async function passReadyZip(fn: PackageSource): Promise<Packed> {
  const zip = await readFile(fn.source)
  const ready = await readZip(zip, basename(fn.source))
  await checkHandler(fn, ready)
  return { zip, files: ready.files, largest: largestShares(ready.files), excludedSecrets: [] }
}

async function packBundle(fn: PackageSource): Promise<Packed> {
  // archiver is loaded while esbuild, another process, does its work.
  const [{ entry, inputs }] = await Promise.all([bundleFunction(fn), import('archiver')])
  const zip = await archive([entry])
  return { zip, files: [describeEntry(entry)], largest: largestShares(inputs), excludedSecrets: [] }
}

function isZip(source: string): boolean {
  return source.endsWith('.zip')
}

async function statusOf(source: string): Promise<Stats> {
  return stat(source).catch(() => {
    throw sourceInvalid(source, 'nothing')
  })
}

import type { Stats } from 'node:fs'
import { readFile, stat } from 'node:fs/promises'
import { basename } from 'node:path'
import { besideBundle } from './bundle/beside-bundle.ts'
import { bundleFunction } from './bundle/bundle.ts'
import { missingFileNotes } from './bundle/reads/missing-files.ts'
import { sdkV2Notes } from './bundle/sdk-notes.ts'
import { checkBootstrap } from './handler/check-bootstrap.ts'
import { codeDigest, describeEntry } from './model/digest.ts'
import { nodeHandler } from './model/handler.ts'
import { largestShares, requireWithin } from './model/limits.ts'
import { byPath } from './model/order.ts'
import { sourceInvalid } from './model/source-invalid.ts'
import type { FunctionPackage, PackageOptions, PackageSource, Packed } from './model/types.ts'
import { packFolder } from './pack-folder.ts'
import { leftOutside } from './select/node-modules/external.ts'
import { nativePackageNotes } from './select/node-modules/native-packages.ts'
import { staleCopies } from './select/node-modules/stale-copies.ts'
import { readZip } from './unzip/ready-zip.ts'
import { archive } from './zip/archive.ts'
import { sizeOf } from './zip/deflate-files.ts'

export type { FunctionPackage } from './model/types.ts'

/**
 * A function's package, ready to upload. Nothing is written beside the source; the cache keeps the packages of large
 * folders. `requireUploadable` tells whether Lambda takes the zip's size.
 *
 * @throws LambdactlError PACKAGE_INVALID if the source is missing, can't be packaged, or is larger than Lambda takes
 */
export async function packageFunction(
  fn: PackageSource,
  options: PackageOptions = {},
): Promise<FunctionPackage> {
  const bundled = fn.bundle !== false && fn.runtime.startsWith('nodejs') && !isZip(fn.source)
  return finished(fn, await pack(fn, bundled, options), bundled)
}

/**
 * A package from a zip that was read from elsewhere, and is uploaded unchanged.
 *
 * @param name of the zip, for a person
 * @throws LambdactlError PACKAGE_INVALID for a damaged zip, or one that unzips to more than Lambda takes
 */
export async function packageZip(fn: PackageSource, zip: Buffer, name: string): Promise<FunctionPackage> {
  return finished(fn, await passReadyZip(fn, zip, name), false)
}

function finished(fn: PackageSource, packed: Packed, bundled: boolean): FunctionPackage {
  const { zip, files, largest } = packed
  const unzippedBytes = sizeOf(files)
  requireWithin('unzipped', unzippedBytes, largest)
  const notes = [...packed.notes, ...sdkV2Notes(fn.runtime, packed.parts)]
  return { ...packed, notes, codeDigest: codeDigest(files), zippedBytes: zip.length, unzippedBytes, bundled }
}

async function pack(fn: PackageSource, bundled: boolean, options: PackageOptions): Promise<Packed> {
  const status = await statusOf(fn.source)
  if (isZip(fn.source) && status.isFile()) {
    return passReadyZip(fn, await readFile(fn.source), basename(fn.source))
  }
  if (!status.isDirectory()) throw sourceInvalid(fn.source, 'a file')
  const packed = await (bundled ? packBundle(fn, options) : packFolder(fn, options))
  return fn.runtime.startsWith('nodejs')
    ? { ...packed, notes: [...packed.notes, ...staleCopies(fn.source)] }
    : packed
}

async function passReadyZip(fn: PackageSource, zip: Buffer, name: string): Promise<Packed> {
  const ready = await readZip(zip, name)
  await checkBootstrap(fn, ready)
  const { files } = ready
  return { zip, files, parts: files, largest: largestShares(files), excludedSecrets: [], notes: [] }
}

async function packBundle(fn: PackageSource, { tools }: PackageOptions): Promise<Packed> {
  // archiver is loaded while esbuild works in another process.
  const [bundle] = await Promise.all([bundleFunction(fn, tools), import('archiver')])
  const { entries: more, excludedSecrets, notes } = besideBundle(fn, bundle)
  const entries = byPath([...bundle.entries, ...more])
  const files = entries.map(describeEntry)
  const modules = new Set(bundle.entries.filter(({ path }) => !path.endsWith('.map')).map(({ path }) => path))
  const parts = [...bundle.parts, ...files.filter(({ path }) => !modules.has(path))]
  const missing = await missingFileNotes({
    root: bundle.root,
    path: bundle.path,
    code: bundle.code,
    modules: bundle.parts,
    handler: nodeHandler(fn.handler).exportName,
    paths: files.map(({ path }) => path),
  })
  const zip = await archive(entries)
  return {
    zip,
    files,
    parts,
    largest: largestShares(parts),
    excludedSecrets,
    notes: [
      ...bundle.notes,
      ...notes,
      ...nativePackageNotes(bundle),
      ...leftOutside(fn, bundle.external, files),
      ...missing,
    ],
  }
}

function isZip(source: string): boolean {
  return source.endsWith('.zip')
}

async function statusOf(source: string): Promise<Stats> {
  return stat(source).catch(() => {
    throw sourceInvalid(source, 'nothing')
  })
}

import type { Stats } from 'node:fs'
import { readFile, stat } from 'node:fs/promises'
import { basename } from 'node:path'
import { LambdactlError } from '../errors/error.ts'
import { archive } from './archive.ts'
import { bundleFunction } from './bundle.ts'
import { checkHandler } from './check-handler.ts'
import { codeDigest, describeFiles } from './digest.ts'
import { largestShares, requireWithin } from './limits.ts'
import { readZip } from './ready-zip.ts'
import { selectFiles } from './select-files.ts'
import type { Entry, FunctionPackage, PackageSource, Share } from './types.ts'

export type { FunctionPackage } from './types.ts'

/** What a source gave, before it is archived. */
interface Contents {
  entries: readonly Entry[]
  shares: readonly Share[]
  excludedSecrets: readonly string[]
  /** Set where the source is a zip already, which goes to Lambda as it is. */
  zip?: Buffer
}

/**
 * A function's package, ready to upload. Nothing is written to disk. `requireUploadable` says whether Lambda takes it zipped.
 *
 * @throws LambdactlError PACKAGE_INVALID when the source is missing or can't be packaged, the handler isn't in it, or
 * it is larger than Lambda takes
 */
export async function packageFunction(fn: PackageSource): Promise<FunctionPackage> {
  const bundled = fn.bundle && fn.runtime.startsWith('nodejs') && !isZip(fn.source)
  const { entries, shares, excludedSecrets, zip: ready } = await readContents(fn, bundled)
  const largest = largestShares(shares)
  const files = describeFiles(entries)
  const unzippedBytes = files.reduce((sum, { size }) => sum + size, 0)
  requireWithin('unzipped', unzippedBytes, largest)
  if (!bundled) await checkHandler(fn, entries)
  const zip = ready ?? (await archive(entries))
  const sizes = { zippedBytes: zip.length, unzippedBytes, largest }
  return { zip, codeDigest: codeDigest(files), files, ...sizes, excludedSecrets, bundled }
}

async function readContents(fn: PackageSource, bundled: boolean): Promise<Contents> {
  const status = await statusOf(fn.source)
  if (isZip(fn.source) && status.isFile()) return readyContents(fn.source)
  if (!status.isDirectory()) throw sourceInvalid(fn.source, 'a file')
  return bundled ? bundledContents(fn) : folderContents(fn)
}

async function readyContents(source: string): Promise<Contents> {
  const zip = await readFile(source)
  const entries = await readZip(zip, basename(source))
  return { entries, shares: sharesOf(entries), excludedSecrets: [], zip }
}

async function bundledContents(fn: PackageSource): Promise<Contents> {
  const { entry, shares } = await bundleFunction(fn)
  return { entries: [entry], shares, excludedSecrets: [] }
}

async function folderContents({ source, runtime }: PackageSource): Promise<Contents> {
  const { files, excludedSecrets } = await selectFiles(source)
  if (files.length === 0) throw sourceInvalid(source, 'a folder without files')
  const shares = files.map(({ path, size }) => ({ path, bytes: size }))
  // Before anything is read: a folder may hold gigabytes.
  requireWithin(
    'unzipped',
    shares.reduce((sum, { bytes }) => sum + bytes, 0),
    largestShares(shares),
  )
  const entries: Entry[] = []
  for (const { path, absolutePath, mode } of files) {
    const isBootstrap = path === 'bootstrap' && runtime.startsWith('provided')
    entries.push({ path, mode: isBootstrap ? 0o755 : mode, content: await read(absolutePath, path) })
  }
  return { entries, shares, excludedSecrets }
}

async function read(absolutePath: string, path: string): Promise<Buffer> {
  try {
    return await readFile(absolutePath)
  } catch (cause) {
    throw new LambdactlError('PACKAGE_INVALID', `${path} can't be read: ${(cause as Error).message}.`, {
      cause,
    })
  }
}

function sharesOf(entries: readonly Entry[]): Share[] {
  return entries.map(({ path, content }) => ({ path, bytes: content.length }))
}

function isZip(source: string): boolean {
  return source.endsWith('.zip')
}

async function statusOf(source: string): Promise<Stats> {
  return stat(source).catch(() => {
    throw sourceInvalid(source, 'nothing')
  })
}

function sourceInvalid(source: string, got: string): LambdactlError {
  return new LambdactlError(
    'PACKAGE_INVALID',
    `The source ${source}: expected a folder with files or a .zip, got ${got}.`,
    {
      next: ['Correct source: in lambdactl.yaml.'],
    },
  )
}

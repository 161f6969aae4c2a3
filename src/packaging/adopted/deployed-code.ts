import { hash } from 'node:crypto'
import { posix } from 'node:path'
import { LambdactlError } from '../../errors/error.ts'
import { limits } from '../model/limits.ts'
import { byPath } from '../model/order.ts'
import type { FileMode, PackageFile } from '../model/types.ts'
import { deployedInvalid } from '../unzip/deployed-invalid.ts'
import { filesInZip, sizeOf, type ZippedFile } from '../unzip/files-in-zip.ts'
import { type Followed, followLinks, type Linked } from '../unzip/zip-links.ts'

/** A file of code that was downloaded. */
export interface DeployedFile {
  /** The path in the package: POSIX, relative, never out of the package. */
  readonly path: string
  readonly mode: FileMode
  /** Bytes, unzipped. */
  readonly size: number
  /**
   * The reason why a link could not be followed; its content is then the path that it points to. Undefined for a file.
   */
  readonly strayed: string | undefined
  readonly content: () => Promise<Buffer>
}

/**
 * The files of a version's zip, sorted by path; the zip may come from any tool. Links are followed, as in a folder that
 * is packed, so a package with the same content has the same files.
 *
 * @param what a name for a person: `shop-checkout-prod:3`
 * @throws LambdactlError PACKAGE_INVALID for a damaged zip, one that unzips to more than Lambda takes, and a name that
 * leaves the package
 */
export async function deployedFiles(zip: Uint8Array, what: string): Promise<DeployedFile[]> {
  const requireSize = (files: readonly { size: number }[]) => {
    if (sizeOf(files) > limits.unzipped)
      throw deployedInvalid(what, `it unzips to more than ${limits.unzipped} bytes`)
  }
  try {
    const files = await filesInZip(Buffer.from(zip.buffer, zip.byteOffset, zip.byteLength), requireSize)
    const followed = followLinks(await linkedByPath(files, what), what).map(toFile)
    requireSize(followed)
    return byPath(followed)
  } catch (cause) {
    if (cause instanceof LambdactlError) throw cause
    throw deployedInvalid(what, cause instanceof Error ? cause.message : String(cause), cause)
  }
}

/**
 * The files of a version's zip, described like the files of a package. Each file is read once.
 * @throws LambdactlError PACKAGE_INVALID
 */
export async function describeDeployed(zip: Uint8Array, what: string): Promise<PackageFile[]> {
  const described: PackageFile[] = []
  for (const { path, mode, size, content } of await deployedFiles(zip, what)) {
    const bytes = await content().catch((cause: unknown) => {
      throw deployedInvalid(what, `${path} is damaged`, cause)
    })
    described.push({ path, mode, size, sha256: hash('sha256', bytes) })
  }
  return described
}

async function linkedByPath(
  files: readonly ZippedFile[],
  what: string,
): Promise<Map<string, Linked<ZippedFile>>> {
  const entries = new Map<string, Linked<ZippedFile>>()
  for (const file of files) {
    const path = posix.normalize(file.path)
    if (entries.has(path)) throw deployedInvalid(what, `it has ${JSON.stringify(path)} twice`)
    entries.set(path, { entry: file, link: file.isLink ? await linkOf(file, what) : undefined })
  }
  return entries
}

async function linkOf({ path, size, content }: ZippedFile, what: string): Promise<string> {
  if (size > 4096) throw deployedInvalid(what, `${path} is too long for a link`)
  return (await content()).toString('utf8')
}

function toFile({ path, entry: { size, mode, content }, strayed }: Followed<ZippedFile>): DeployedFile {
  return { path, mode, size, strayed, content }
}

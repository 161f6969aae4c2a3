import { hash } from 'node:crypto'
import { posix } from 'node:path'
import type { Entry as ZipEntry } from 'yauzl'
import { LambdactlError } from '../../errors/error.ts'
import { limits } from '../model/limits.ts'
import { byPath } from '../model/order.ts'
import type { FileMode, PackageFile } from '../model/types.ts'
import { deployedInvalid } from '../unzip/deployed-invalid.ts'
import { entryContent, type OpenZip } from '../unzip/entry-content.ts'
import { type Followed, followLinks, type Linked } from '../unzip/zip-links.ts'
import { isLink, nameOf } from '../unzip/zip-names.ts'

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
  const { fromBufferPromise } = await import('../unzip/yauzl.ts')
  try {
    const bytes = Buffer.from(zip.buffer, zip.byteOffset, zip.byteLength)
    const opened = { bytes, file: await fromBufferPromise(bytes, { autoClose: false }) }
    const followed = followLinks(await entriesOf(opened, what), what)
    requireWithin(
      followed.reduce((sum, { entry }) => sum + entry.uncompressedSize, 0),
      what,
    )
    return byPath(followed.map((each) => toFile(opened, each)))
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

async function entriesOf(zip: OpenZip, what: string): Promise<Map<string, Linked<ZipEntry>>> {
  const entries = new Map<string, Linked<ZipEntry>>()
  let total = 0
  for await (const entry of zip.file.eachEntry()) {
    // No entry may unzip to more than the size that it declares, so a zip bomb is stopped here, before it is unpacked.
    total += entry.uncompressedSize
    requireWithin(total, what)
    const name = nameOf(entry)
    if (name.endsWith('/')) continue
    const path = posix.normalize(name)
    if (entries.has(path)) throw deployedInvalid(what, `it has ${JSON.stringify(path)} twice`)
    entries.set(path, { entry, link: isLink(entry) ? await linkOf(zip, entry, what) : undefined })
  }
  return entries
}

async function linkOf(zip: OpenZip, entry: ZipEntry, what: string): Promise<string> {
  if (entry.uncompressedSize > 4096) throw deployedInvalid(what, `${entry.fileName} is too long for a link`)
  return (await entryContent(zip, entry)).toString('utf8')
}

function toFile(zip: OpenZip, { path, entry, strayed }: Followed<ZipEntry>): DeployedFile {
  // The upper half is the Unix mode; it is 0 where the zip was made on Windows.
  const mode = (entry.externalFileAttributes >>> 16) & 0o111 ? 0o755 : 0o644
  const content = () => entryContent(zip, entry)
  return { path, mode, size: entry.uncompressedSize, strayed, content }
}

function requireWithin(total: number, what: string): void {
  if (total > limits.unzipped) throw deployedInvalid(what, `it unzips to more than ${limits.unzipped} bytes`)
}

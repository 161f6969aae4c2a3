import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { mkdtemp, readdir, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { makeFolder } from '../../../folders/make-folder.ts'
import { invalidParameter, tooLarge } from '../requests/errors.ts'
import { merge, sizeOf } from './merge.ts'
import { unzip } from './unzip.ts'

/** Lambda's limit of a package uploaded in a request, in bytes. */
export const largestZip = 52_428_800
/** Lambda's limit of a request's body, in bytes; a package travels in it as base64. */
const largestRequest = 70_167_211

/** An uploaded package. */
export interface StoredCode {
  /** SHA-256 of the zip, in hex: the name of its folder. */
  digest: string
  /** The same digest in base64, as in `CodeSha256`. */
  sha256: string
  /** Bytes of the zip; 0 for an image. */
  size: number
  /** Set for an image: `digest` and `sha256` are the image's, and it has no folder. */
  imageUri?: string
  /** The ARN of the encryption key; the sandbox never encrypts. */
  kmsKey?: string
}

/** Uploaded packages on disk by digest: the zips and the unpacked folders. */
export interface CodeStore {
  /** @throws ServiceError 400 or 413 for a package that Lambda refuses */
  put(zip: Uint8Array, operation: string): Promise<StoredCode>
  /** Stores a package from S3; only its unzipped size is limited. */
  putStored(zip: Uint8Array): Promise<StoredCode>
  /** The folder of a package, or of merged ones. */
  folder(name: string): string
  /**
   * Puts the files of packages into one folder; a later package covers the files of those before it.
   *
   * @returns the folder's name
   */
  merge(digests: readonly string[]): Promise<string>
  /** The bytes of a package's files. */
  unpackedSize(digest: string): Promise<number>
  /** The zip of a package, as it was uploaded. */
  zip(digest: string): string
  /** Removes packages that no function has, and half unpacked ones that a killed sandbox left. */
  sweep(held: ReadonlySet<string>): Promise<void>
}

/** A package, merged ones, or unfinished ones. */
const ownName = /^(?:((?:layers-)?[0-9a-f]{64})(?:\.zip)?|\.(?:unzip|zip|layers)-.{6})$/

/** Keeps packages in `directory`, which is made if missing. Each package is unpacked once, whole or not at all. */
export function createCodeStore(directory: string): CodeStore {
  const folder = (digest: string) => join(directory, digest)
  const zipFile = (digest: string) => join(directory, `${digest}.zip`)
  const putStored = async (zip: Uint8Array) => {
    if (zip.byteLength === 0) throw invalidParameter('Uploaded file must be a non-empty zip')
    const code = describeZip(zip)
    if (!existsSync(folder(code.digest))) await unpack(directory, folder(code.digest), zip)
    if (!existsSync(zipFile(code.digest))) await keep(directory, zipFile(code.digest), zip)
    return code
  }
  return {
    folder,
    zip: zipFile,
    putStored,
    merge: (digests) => merge(directory, digests),
    unpackedSize: (digest) => sizeOf(folder(digest)),
    async sweep(held) {
      const names = await readdir(directory).catch(() => [])
      const orphans = names.filter((name) => ownName.test(name) && !held.has(ownName.exec(name)?.[1] ?? ''))
      await Promise.all(orphans.map((name) => rm(join(directory, name), { recursive: true, force: true })))
    },
    async put(zip, operation) {
      checkSize(zip, operation)
      return putStored(zip)
    },
  }
}

/** The digests and the size of a zip. */
function describeZip(zip: Uint8Array): StoredCode {
  const hash = createHash('sha256').update(zip).digest()
  return { digest: hash.toString('hex'), sha256: hash.toString('base64'), size: zip.byteLength }
}

function checkSize(zip: Uint8Array, operation: string): void {
  if (Math.ceil(zip.byteLength / 3) * 4 > largestRequest) {
    throw tooLarge(`Request must be smaller than ${largestRequest} bytes for the ${operation} operation`)
  }
  if (zip.byteLength > largestZip) throw tooLarge(`Zipped size must be smaller than ${largestZip} bytes`)
}

async function unpack(directory: string, folder: string, zip: Uint8Array): Promise<void> {
  await makeFolder(directory, 0o700)
  const unfinished = await mkdtemp(join(directory, '.unzip-'))
  try {
    await unzip(zip, unfinished)
    await rename(unfinished, folder)
  } catch (error) {
    await rm(unfinished, { recursive: true, force: true })
    // If the folder exists, another request with the same package was faster.
    if (!existsSync(folder)) throw error
  }
}

/** Writes a zip whole or not at all. */
async function keep(directory: string, file: string, zip: Uint8Array): Promise<void> {
  const unfinished = await mkdtemp(join(directory, '.zip-'))
  try {
    await writeFile(join(unfinished, 'code.zip'), zip, { mode: 0o600 })
    await rename(join(unfinished, 'code.zip'), file)
  } finally {
    await rm(unfinished, { recursive: true, force: true })
  }
}

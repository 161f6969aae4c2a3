import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { mkdtemp, readdir, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { makeFolder } from '../../../folders/make-folder.ts'
import { invalidParameter, tooLarge } from '../requests/errors.ts'
import { unzip } from './unzip.ts'

/** Lambda's limit of a package uploaded in a request, in bytes. */
export const largestZip = 52_428_800
/** Lambda's limit of a request's body, in bytes; a package travels in it as base64. */
const largestRequest = 70_167_211

/** A package that was uploaded. */
export interface StoredCode {
  /** SHA-256 of the zip, in hex: names its folder. */
  digest: string
  /** The same in base64, as `CodeSha256` shows it. */
  sha256: string
  /** Bytes of the zip; 0 for an image. */
  size: number
  /** Set for an image: `digest` and `sha256` are its own then, and it has no folder. */
  imageUri?: string
  /** The ARN of the key that the package is to be encrypted with; here it never is. */
  kmsKey?: string
}

/** Uploaded packages on disk under their digest: as they came, and unpacked. */
export interface CodeStore {
  /** @throws ServiceError 400 or 413 for a package that Lambda refuses */
  put(zip: Uint8Array, operation: string): Promise<StoredCode>
  /** The same for one out of S3, which only unzipped can be too large. */
  putStored(zip: Uint8Array): Promise<StoredCode>
  /** The folder of a package. */
  folder(digest: string): string
  /** The file of a package, as it was uploaded. */
  zip(digest: string): string
  /** Drops packages that no function has any more, and what a sandbox that was killed left half unpacked. */
  sweep(held: ReadonlySet<string>): Promise<void>
}

/** A package, or one that was being unpacked or written. */
const ownName = /^(?:([0-9a-f]{64})(?:\.zip)?|\.(?:unzip|zip)-.{6})$/

/** Keeps packages in `directory`, made when missing. Each is unpacked once, whole or not at all. */
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
    // Where the folder is there, another request with the same package was faster.
    if (!existsSync(folder)) throw error
  }
}

/** Whole or not at all, as `unpack`. */
async function keep(directory: string, file: string, zip: Uint8Array): Promise<void> {
  const unfinished = await mkdtemp(join(directory, '.zip-'))
  try {
    await writeFile(join(unfinished, 'code.zip'), zip, { mode: 0o600 })
    await rename(join(unfinished, 'code.zip'), file)
  } finally {
    await rm(unfinished, { recursive: true, force: true })
  }
}

import type { FunctionPackage, PackageFile } from '../../packaging/model/types.ts'
import type { Promoted } from '../../release/values/promoted.ts'
import type { CodeToUpload } from './code-to-upload.ts'

/** The code for a new version. */
export interface CandidateCode extends CodeToUpload {
  /** The URI of an image. */
  image?: string
  /** The files for the content's digest. */
  files: readonly PackageFile[]
  /** The part that was not made, in words: the code is then unknown. Undefined if everything was made. */
  leftUndone?: string | undefined
  /** Undefined for an image, which another tool built. */
  package: FunctionPackage | undefined
  /** The version of another environment that it comes from. */
  promoted?: Promoted
  /**
   * The commit of a promoted version; undefined if that is not known, or another tool made the code; absent: the commit
   * of the source.
   */
  commit?: string | undefined
}

/** Returns the file entry that represents an image. */
export function imageFile(uri: string, sha256: string): PackageFile {
  return { path: uri, size: 0, mode: 0o644, sha256 }
}

/** One entry represents all files of the image. */
export function imageCode(uri: string): CandidateCode {
  const sha256 = uri.slice(uri.lastIndexOf(':') + 1)
  return {
    image: uri,
    sha256,
    upload: () => Promise.resolve({ image: uri }),
    files: [imageFile(uri, sha256)],
    package: undefined,
  }
}

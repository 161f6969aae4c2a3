/** What packaging has to know of a function; a `ResolvedFunction` of the configuration serves. */
export interface PackageSource {
  /** A folder or a ready `.zip`; an absolute path. */
  readonly source: string
  /** Lambda's name, as in `nodejs24.x`. */
  readonly runtime: string
  readonly handler: string
  /** Bundle with esbuild; only for Node runtimes. */
  readonly bundle: boolean
}

/** A file of a folder that belongs in its package; its content is read when it is packed. The stamp is that of its selection. */
export interface SourceFile extends Stamp {
  /** POSIX, relative to the folder. */
  readonly path: string
  readonly absolutePath: string
  readonly mode: FileMode
}

/** What says whether a file was changed. */
export interface Stamp {
  /** Bytes. */
  readonly size: number
  /** Of its content, milliseconds since the epoch with fractions down to half a microsecond, what a double holds. */
  readonly mtimeMs: number
  /** Of anything about it; nobody can set this one. */
  readonly ctimeMs: number
  readonly inode: number
}

/** A file on its way into a package whose content is in memory already. */
export interface Entry {
  /** POSIX, relative to the package's root. */
  readonly path: string
  readonly mode: FileMode
  readonly content: Buffer
}

/** The files that a package is going to hold, for who needs the content of few of them. */
export interface Listing {
  readonly files: readonly Pick<PackageFile, 'path' | 'mode'>[]
  read(path: string): Promise<Buffer>
}

/** All that a package keeps of a file's mode: whether it can be run. */
export type FileMode = 0o644 | 0o755

/** A file of a finished package. */
export interface PackageFile {
  readonly path: string
  /** Bytes, unzipped. */
  readonly size: number
  readonly mode: FileMode
  /** Hex. */
  readonly sha256: string
}

/** How far a package is. */
export interface PackagingProgress {
  readonly files: number
  readonly totalFiles: number
  /** Unzipped. */
  readonly bytes: number
  readonly totalBytes: number
}

/** How much a folder of the package or a dependency takes. */
export interface Share {
  readonly path: string
  /** Unzipped. */
  readonly bytes: number
}

/** What a source gave. */
export interface Packed {
  readonly zip: Buffer
  /** Sorted by path. */
  readonly files: readonly PackageFile[]
  /** As in `FunctionPackage`. */
  readonly largest: readonly Share[]
  readonly excludedSecrets: readonly string[]
}

export interface FunctionPackage {
  readonly zip: Buffer
  /** SHA-256 in hex over the files' paths, modes and contents; the zip's own bytes don't count. */
  readonly codeDigest: string
  /** Sorted by path. */
  readonly files: readonly PackageFile[]
  readonly zippedBytes: number
  readonly unzippedBytes: number
  /** The largest folders and dependencies, largest first, at most five. */
  readonly largest: readonly Share[]
  /** Files left out by default because they look like secrets. */
  readonly excludedSecrets: readonly string[]
  readonly bundled: boolean
}

import type { Loader } from 'esbuild'
import type { RunCommand } from '../../ports/commands.ts'

/** The facts about a function that packaging needs; a `ResolvedFunction` of the configuration has them. */
export interface PackageSource {
  /** A folder or a ready `.zip`; an absolute path. */
  readonly source: string
  /** Lambda's name, as in `nodejs24.x`. */
  readonly runtime: string
  readonly handler: string
  /** Bundle with esbuild; only for Node runtimes. */
  readonly bundle: boolean | BundleSettings
  /** The files that go in, as patterns of .gitignore relative to the source; absent: everything. */
  readonly include?: readonly string[] | undefined
  /** x86_64 unless given. */
  readonly architecture?: 'x86_64' | 'arm64'
  /** Which may have the handler. */
  readonly layers?: readonly string[] | undefined
}

/** The steps before a source can be packaged, and how its handler is tried. */
export interface MakingSource extends PackageSource {
  /** Runs first. */
  readonly build?: BuildCommand | undefined
  /** A file of Python dependencies relative to the source, or false for none; absent: what is there. */
  readonly requirements?: string | false | undefined
}

export interface BuildCommand {
  /** The program and its arguments. */
  readonly args: readonly string[]
  readonly directory: string
  readonly timeoutMs: number
}

/** The facts that are needed to try a handler. */
export interface LoadingSource extends PackageSource {
  /** The function's own variables. */
  readonly environment?: Readonly<Record<string, string>>
  /** False: it isn't tried. */
  readonly load?: boolean | undefined
  /** Whether it runs on managed instances. */
  readonly versioned?: { readonly capacityProvider?: object | null | undefined } | undefined
}

/** The tools for making a package. */
export interface Tools {
  readonly runCommand: RunCommand
  /** Stops the programs that run. */
  readonly signal: AbortSignal
  /** The environment of this process: where caches are. */
  readonly variables: Readonly<Record<string, string | undefined>>
  /** The zip of a layer version, by its ARN; absent where nothing is read from AWS. */
  readonly readLayer?: (arn: string) => Promise<Uint8Array>
  /** Tells what takes a while, as it begins. */
  readonly tell: (text: string) => void
  /** Called many times a second where a large folder is packed. */
  readonly onProgress?: (progress: PackagingProgress) => void
}

/** How esbuild bundles. */
export interface BundleSettings {
  /** esm unless given. */
  readonly format?: 'esm' | 'cjs' | undefined
  readonly sourcemap?: boolean | undefined
  readonly minify?: boolean | undefined
  /** Functions and classes keep the name that the code gives them; where it is minified unless given. */
  readonly keepNames?: boolean | undefined
  /** Packages that stay out. */
  readonly external?: readonly string[] | undefined
  /** How files are taken in, by their ending. */
  readonly loader?: Readonly<Record<string, Loader>> | undefined
  /** The fields of package.json that name a module, the first one first. */
  readonly mainFields?: readonly string[] | undefined
  /** For the exports of package.json. */
  readonly conditions?: readonly string[] | undefined
  /** ES modules of the project whose default export is a plugin or several; absolute paths. */
  readonly plugins?: readonly string[] | undefined
  /** Whose AWS SDK runs; the runtime's unless given. */
  readonly sdk?: 'bundle' | 'runtime' | undefined
}

/** A file of a folder that belongs in its package; its content is read when it is packed. The stamp is that of its selection. */
export interface SourceFile extends Stamp {
  /** POSIX, relative to the folder. */
  readonly path: string
  readonly absolutePath: string
  readonly mode: FileMode
}

/** The facts that tell whether a file was changed. */
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

export interface PackageOptions {
  /** A folder with the function's installed dependencies, which go in beside its own files. */
  readonly installed?: string | undefined
  /** Needed where a bundle has plugins. */
  readonly tools?: Pick<Tools, 'runCommand' | 'signal' | 'tell'> | undefined
  /** Called many times a second where a large folder is packed. */
  readonly onProgress?: ((progress: PackagingProgress) => void) | undefined
}

/** The zip of a source, and the files in it. */
export interface Packed {
  readonly zip: Buffer
  /** Sorted by path. */
  readonly files: readonly PackageFile[]
  /** As in `FunctionPackage`. */
  readonly largest: readonly Share[]
  readonly excludedSecrets: readonly string[]
  readonly parts: readonly Part[]
  readonly notes: readonly string[]
}

/** A module in a bundle, or another file of a package. */
export interface Part {
  /** Of a module, as esbuild names it: relative to the source. */
  readonly path: string
  /** Bytes, unzipped; of a module what is left of it in the bundle. */
  readonly size: number
  /** The modules that import one another from the handler's down to the one that imports this; absent for files. */
  readonly because?: readonly string[]
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
  /** Its parts; for a bundle its modules, not the bundle itself. */
  readonly parts: readonly Part[]
  /** Notes for a person on how it was made, a sentence each. */
  readonly notes: readonly string[]
}

/** A bundled handler, in memory. */
export interface Bundle {
  /** The folder that the parts are relative to. */
  readonly root: string
  /** The bundle's own path in the package, and its code without what is put in front of it. */
  readonly path: string
  readonly code: string
  /** The bundle, its source map where one is wanted, and the files that loaders put beside it. */
  readonly entries: readonly Entry[]
  /** The modules, each with its share of the bundle. */
  readonly parts: readonly Part[]
  /** The packages that it imports and leaves out. */
  readonly external: readonly ExternalPackage[]
  readonly notes: readonly string[]
}

/** A package that a bundle imports and leaves out. */
export interface ExternalPackage {
  readonly name: string
  /** The modules that import it, as esbuild names them. */
  readonly importers: readonly string[]
}

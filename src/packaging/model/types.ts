import type { Loader } from 'esbuild'
import type { RunCommand } from '../../ports/commands.ts'
import type { RunEsbuild } from './run-esbuild.ts'

/** The facts about a function that packaging needs; a `ResolvedFunction` of the configuration has them. */
export interface PackageSource {
  /** A folder or a ready `.zip`; an absolute path. */
  readonly source: string
  /** Lambda's name, as in `nodejs24.x`. */
  readonly runtime: string
  readonly handler: string
  /** Whether esbuild bundles the function; only for Node runtimes. */
  readonly bundle: boolean | BundleSettings
  /** Whether another tool has built the folder: it is packed with all of its files. */
  readonly isBuilt?: boolean
  /** The files to take in, as .gitignore patterns relative to the source; absent: all files. */
  readonly include?: readonly string[] | undefined
  /** The configuration file, which goes into no package; an absolute path. */
  readonly configPath?: string | undefined
  /** Default: x86_64. */
  readonly architecture?: 'x86_64' | 'arm64'
  /** ARNs of layer versions; a layer may have the handler. */
  readonly layers?: readonly string[] | undefined
}

/** The steps before a source can be packaged, and the way to try its handler. */
export interface MakingSource extends PackageSource {
  /** The command that runs first. */
  readonly build?: BuildCommand | undefined
  /** A function in the source, which is the output of an infrastructure tool: `STACK/LOGICAL_ID`. */
  readonly part?: string | undefined
  /** A file of Python dependencies relative to the source, or false for none; absent: the first file found. */
  readonly requirements?: string | false | undefined
}

export interface BuildCommand {
  /** The program and its arguments. */
  readonly args: readonly string[]
  readonly directory: string
  readonly timeoutMs: number
}

/** The facts that are needed to load a handler. */
export interface LoadingSource extends PackageSource {
  /** The function's own variables. */
  readonly environment?: Readonly<Record<string, string>>
  /** False: the handler is not loaded. */
  readonly load?: boolean | undefined
  /** Whether the function runs on managed instances. */
  readonly versioned?: { readonly capacityProvider?: object | null | undefined } | undefined
}

/** The tools for making a package. */
export interface Tools {
  readonly runCommand: RunCommand
  /** Bundles with what it kept of its builds before; absent: each build begins with nothing. */
  readonly bundler?: RunEsbuild | undefined
  /** Ends the programs that run. */
  readonly signal: AbortSignal
  /** The environment of this process, which names the caches. */
  readonly variables: Readonly<Record<string, string | undefined>>
  /** Reads the zip of a layer version by its ARN; absent if nothing may be read from AWS. */
  readonly readLayer?: (arn: string) => Promise<Uint8Array>
  /** Announces an action that takes a while, when it begins. */
  readonly tell: (text: string) => void
  /** Called many times a second while a large folder is packed. */
  readonly onProgress?: (progress: PackagingProgress) => void
}

/** Settings for esbuild. */
export interface BundleSettings {
  /** Default: esm. */
  readonly format?: 'esm' | 'cjs' | undefined
  readonly sourcemap?: boolean | undefined
  readonly minify?: boolean | undefined
  /** Whether functions and classes keep the names that the code gives them; default: true if the bundle is minified. */
  readonly keepNames?: boolean | undefined
  /** Packages that stay out of the bundle. */
  readonly external?: readonly string[] | undefined
  /** esbuild's loader for each file ending. */
  readonly loader?: Readonly<Record<string, Loader>> | undefined
  /** The fields of package.json that name a module, in order of preference. */
  readonly mainFields?: readonly string[] | undefined
  /** The conditions for `exports` of package.json. */
  readonly conditions?: readonly string[] | undefined
  /** ES modules of the project whose default export is a plugin or several; absolute paths. */
  readonly plugins?: readonly string[] | undefined
  /** Which AWS SDK runs: a bundled one, or the runtime's (default). */
  readonly sdk?: 'bundle' | 'runtime' | undefined
}

/**
 * A file of a folder that belongs in its package; its content is read when it is packed. The stamp is from the time of
 * its selection.
 */
export interface SourceFile extends Stamp {
  /** POSIX, relative to the folder. */
  readonly path: string
  readonly absolutePath: string
  readonly mode: FileMode
}

/** The facts that show whether a file was changed. */
export interface Stamp {
  /** Bytes. */
  readonly size: number
  /**
   * The last change of the content: milliseconds since the epoch with fractions, exact to half a microsecond, as a
   * double allows.
   */
  readonly mtimeMs: number
  /** The last change of anything about the file; no program can set this time. */
  readonly ctimeMs: number
  readonly inode: number
}

/** A file for a package, with its content in memory. */
export interface Entry {
  /** POSIX, relative to the package's root. */
  readonly path: string
  readonly mode: FileMode
  readonly content: Buffer
}

/** The files of a package, for a reader that needs the content of only a few. */
export interface Listing {
  readonly files: readonly Pick<PackageFile, 'path' | 'mode'>[]
  read(path: string): Promise<Buffer>
}

/** The mode of a file in a package: it can be run or not, and nothing else. */
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

/** The progress of packaging. */
export interface PackagingProgress {
  readonly files: number
  readonly totalFiles: number
  /** Unzipped. */
  readonly bytes: number
  readonly totalBytes: number
}

/** The size of a folder or dependency in the package. */
export interface Share {
  readonly path: string
  /** Unzipped. */
  readonly bytes: number
}

export interface PackageOptions {
  /** A folder with the function's installed dependencies; they go in beside its own files. */
  readonly installed?: string | undefined
  /** Needed if a bundle has plugins. */
  readonly tools?: Pick<Tools, 'runCommand' | 'bundler' | 'signal' | 'tell'> | undefined
  /** Called many times a second while a large folder is packed. */
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
  /** For a module, esbuild's name: relative to the source. */
  readonly path: string
  /** Bytes, unzipped; for a module, the bytes that are left of it in the bundle. */
  readonly size: number
  /** The chain of imports from the handler's module to the one that imports this; absent for files. */
  readonly because?: readonly string[]
}

export interface FunctionPackage {
  /** The absolute path of the folder or the zip, if it was looked up; absent: the function's own source. */
  readonly source?: string
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
  /** The parts of the package; for a bundle its modules, not the bundle itself. */
  readonly parts: readonly Part[]
  /** Notes for a person on how the package was made, one sentence each. */
  readonly notes: readonly string[]
}

/** A bundled handler, in memory. */
export interface Bundle {
  /** The folder that the parts are relative to. */
  readonly root: string
  /** The bundle's own path in the package, and its code without the banner. */
  readonly path: string
  readonly code: string
  /** The bundle, its source map if one is wanted, and the files that loaders put beside it. */
  readonly entries: readonly Entry[]
  /** The modules, each with its bytes in the bundle. */
  readonly parts: readonly Part[]
  /** The packages that the bundle imports and does not contain. */
  readonly external: readonly ExternalPackage[]
  readonly notes: readonly string[]
}

/** A package that a bundle imports and does not contain. */
export interface ExternalPackage {
  readonly name: string
  /** The modules that import it, by esbuild's names. */
  readonly importers: readonly string[]
}

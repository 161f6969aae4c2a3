import type { BuildOptions, Message, Metafile } from 'esbuild'

/** The files that esbuild made, in memory, and its warnings. */
export interface Built {
  readonly outputFiles: readonly { readonly path: string; readonly contents: Uint8Array }[]
  readonly metafile: Metafile
  readonly warnings: readonly Message[]
  /** One sentence for each dependency with an import that was left out. */
  readonly notes?: readonly string[]
}

/** Runs esbuild with options that are plain data. */
export type RunEsbuild = (options: BuildOptions) => Promise<Built>

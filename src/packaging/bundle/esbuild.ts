import type { BuildFailure, BuildOptions, Message, Metafile } from 'esbuild'
import { bundleFailed } from './failure.ts'
import { withPlace } from './with-place.ts'

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

/** Options that keep the output in memory and leave all messages to the caller. */
export const quietly = { write: false, metafile: true, logLevel: 'silent' } as const

/**
 * Runs esbuild in memory; esbuild is loaded here, when it is needed.
 *
 * @throws LambdactlError PACKAGE_INVALID with file, line and column of each error
 */
export const runEsbuild: RunEsbuild = async (options) => {
  const { build } = await import('esbuild')
  try {
    return await build({ ...options, ...quietly })
  } catch (error) {
    throw isBuildFailure(error) ? bundleFailed(error, options) : error
  }
}

/** Returns esbuild's warnings about the function's own code, such as an `import.meta` that CommonJS does not have. */
export function ownWarnings(warnings: readonly Message[]): string[] {
  return warnings.filter(({ location }) => !location?.file.includes('node_modules/')).map(withPlace)
}

function isBuildFailure(error: unknown): error is BuildFailure {
  return error instanceof Error && 'errors' in error && Array.isArray(error.errors)
}

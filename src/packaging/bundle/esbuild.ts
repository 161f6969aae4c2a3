import type { BuildFailure, BuildOptions, Message } from 'esbuild'
import type { RunEsbuild } from '../model/run-esbuild.ts'
import { bundleFailed } from './failure.ts'
import { withPlace } from './with-place.ts'

/** Options that keep the output in memory and leave all messages to the caller. */
export const quietly = { write: false, metafile: true, logLevel: 'silent' } as const

/**
 * Runs esbuild in memory; esbuild is loaded here, when it is needed.
 *
 * @throws LambdactlError PACKAGE_INVALID with file, line and column of each error
 */
export const runEsbuild: RunEsbuild = async (options) => {
  const { build } = await import('esbuild')
  return explained(options, () => build({ ...options, ...quietly }))
}

/**
 * Waits for a build of esbuild.
 *
 * @throws LambdactlError PACKAGE_INVALID with file, line and column of each error
 */
export async function explained<Result>(
  options: BuildOptions,
  build: () => Promise<Result>,
): Promise<Result> {
  try {
    return await build()
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

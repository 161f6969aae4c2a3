import type { BuildFailure, BuildOptions, BuildResult, Message } from 'esbuild'
import { LambdactlError } from '../errors/error.ts'

/**
 * Runs esbuild, in memory; it is loaded here and only when it is needed.
 *
 * @throws LambdactlError PACKAGE_INVALID with file, line and column of each error
 */
export async function runEsbuild(
  options: BuildOptions,
): Promise<BuildResult<{ write: false; metafile: true }>> {
  const { build } = await import('esbuild')
  try {
    return await build({ ...options, write: false, metafile: true, logLevel: 'silent' })
  } catch (error) {
    throw isBuildFailure(error) ? buildFailed(error) : error
  }
}

/** Returns esbuild's warnings about the function's own code, such as an `import.meta` that CommonJS does not have. */
export function ownWarnings(warnings: readonly Message[]): string[] {
  return warnings.filter(({ location }) => !location?.file.includes('node_modules/')).map(withPlace)
}

function withPlace({ text, location }: Message): string {
  return location ? `${location.file}:${location.line}:${location.column + 1}: ${text}` : text
}

function isBuildFailure(error: unknown): error is BuildFailure {
  return error instanceof Error && 'errors' in error && Array.isArray(error.errors)
}

function buildFailed(failure: BuildFailure): LambdactlError {
  const lines = failure.errors.map((error) =>
    [withPlace(error), ...error.notes.map((note) => `  ${note.text}`)].join('\n'),
  )
  const unresolved = failure.errors.some(({ text }) => text.startsWith('Could not resolve'))
  const next = unresolved ? ["Install the function's dependencies, or correct the import."] : []
  return new LambdactlError('PACKAGE_INVALID', `The function's code can't be built.\n${lines.join('\n')}`, {
    next: [...next, ...binaryPackages(failure).map(besideBundle)],
    cause: failure,
  })
}

/** The packages whose add-ons esbuild was to bundle, which it can't. */
function binaryPackages({ errors }: BuildFailure): string[] {
  const files = errors
    .filter(({ text }) => text.includes('for ".node" files'))
    .map(({ location }) => location?.file)
  const names = files.flatMap((file) => /.*node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(file ?? '')?.[1] ?? [])
  return [...new Set(names)]
}

function besideBundle(name: string): string {
  return `${name} has a native add-on, which goes beside the bundle: bundle: {external: [${name}]}, include: [node_modules/${name}/]; built for Lambda's Linux.`
}

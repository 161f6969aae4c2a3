import { writeFile } from 'node:fs/promises'
import type { ResolvedFunction } from '../config/types.ts'
import { asLambdactlError, type Failure, LambdactlError } from '../errors/error.ts'
import { asOneError } from '../errors/worst.ts'
import { analyze, type PartSize } from '../packaging/bundle/analyze.ts'
import { loadHandler } from '../packaging/load/load-handler.ts'
import { makePackage } from '../packaging/make-package.ts'
import { requireUploadable } from '../packaging/model/limits.ts'
import type { FunctionPackage } from '../packaging/model/types.ts'
import { type PackagingRun, packagingTools } from './code/packaging-tools.ts'
import { tellFailure } from './run/attempts.ts'
import { begin, interruptible } from './run/run.ts'

export interface PackageOptions {
  /** A file for the zip, with exactly one function. */
  out: string | undefined
  /** Whether to show the size of each part. */
  analyze: boolean
}

export interface PackageSummary {
  function: string
  /** SHA-256 over sorted path, mode and content of the files, hex: the same on every machine. */
  digest: string
  zippedBytes: number
  unzippedBytes: number
  /** How many. */
  files: number
  largest: readonly { path: string; bytes: number }[]
  /** Files that looked like secrets and stayed out. */
  leftOut: readonly string[]
  /** The size of each part, on request. */
  sizes?: readonly PartSize[]
  /** Notes on how it was made, one sentence each. */
  notes: readonly string[]
  /** The file of the zip; undefined without `--out`. */
  out: string | undefined
}

/**
 * Packages functions without uploading anything. One that can't be packaged does not stop the others.
 *
 * @returns the packaged functions, in order
 * @throws LambdactlError USAGE; at the end PACKAGE_INVALID with each function that failed
 */
export async function* packageFunctions(
  run: PackagingRun,
  fns: readonly ResolvedFunction[],
  options: PackageOptions,
): AsyncGenerator<PackageSummary> {
  const { out } = options
  if (out !== undefined && fns.length !== 1) {
    throw new LambdactlError('USAGE', `--out takes one function, and ${fns.length} were chosen.`, {
      next: [(config) => `Name the function: ${config.command('package')} FUNCTION --out FILE.`],
    })
  }
  const failures: Failure[] = []
  for (const fn of withSource(run, fns)) {
    const summary = await summaryOf(run, fn, options).catch((error: unknown) => {
      if (run.signal.aborted) throw error
      const failure = { function: fn.name, error: asLambdactlError(error) }
      failures.push(failure)
      if (fns.length > 1) tellFailure(run, failure)
    })
    if (summary) yield summary
  }
  const failed = asOneError(failures, fns.length)
  if (failed) throw failed
}

async function summaryOf(
  run: PackagingRun,
  fn: ResolvedFunction,
  { out, analyze: withSizes }: PackageOptions,
): Promise<PackageSummary> {
  requireRuntime(fn)
  const tools = packagingTools(run, fn.name)
  begin(run, { function: fn.name }, 'packaging')
  const built = await interruptible(run.signal, () => makePackage(fn, tools))
  const tooLarge = problemOf(() => requireUploadable(built, fn.artifacts !== undefined))
  // For a package that is too large, a person needs the sizes most.
  if (tooLarge && !withSizes) throw tooLarge
  begin(run, { function: fn.name }, 'loading')
  const loaded = await interruptible(run.signal, () => loadHandler(fn, built, tools))
  if (out !== undefined) await writeZip(out, built.zip)
  const { zippedBytes, unzippedBytes, largest, excludedSecrets, codeDigest, files } = built
  tellPackaged(run, fn.name, built)
  return {
    function: fn.name,
    digest: codeDigest,
    zippedBytes,
    unzippedBytes,
    files: files.length,
    largest,
    leftOut: excludedSecrets,
    ...(withSizes && { sizes: analyze(built.parts) }),
    notes: [...built.notes, ...loaded, ...(tooLarge ? [tooLarge.message] : [])],
    out,
  }
}

/** Nothing is read from AWS here, where the other tool's settings are. */
function requireRuntime({ name, runtime, handler, said }: ResolvedFunction): void {
  if (runtime !== '' && (said === undefined || said.handler !== undefined || handler !== '')) return
  throw new LambdactlError(
    'CONFIG_INVALID',
    `functions.${name}: packaging without AWS needs a runtime and a handler, and manages: code leaves them to the function's tool.`,
    { next: [`Add runtime: and handler: to ${name}; a release then checks that $LATEST has the same.`] },
  )
}

function tellPackaged(run: PackagingRun, name: string, built: FunctionPackage): void {
  const { zippedBytes, unzippedBytes, codeDigest: digest, files, bundled } = built
  const sizes = { zippedBytes, unzippedBytes, files: files.length }
  run.emit({ function: name, event: 'packaged', ...sizes, digest, bundled })
  begin(run, { function: name }, 'ended')
}

function problemOf(check: () => void): LambdactlError | undefined {
  try {
    check()
    return undefined
  } catch (error) {
    return asLambdactlError(error)
  }
}

/** Leaves out functions whose code is no source on this machine. */
function withSource(run: PackagingRun, fns: readonly ResolvedFunction[]): readonly ResolvedFunction[] {
  const others = fns.filter((fn) => madeElsewhere(fn) !== undefined)
  for (const fn of others) {
    const text = `it ${madeElsewhere(fn)}, so there is nothing to package`
    run.emit({ function: fn.name, event: 'noted', text })
  }
  if (others.length < fns.length || fns.length === 0) return fns.filter((fn) => !others.includes(fn))
  const codes = others.map((fn) => `${fn.name} ${madeElsewhere(fn)}`).join(', ')
  throw new LambdactlError('USAGE', `There is nothing to package: ${codes}.`, {
    next: [(config) => `Release it as it is: ${config.command('deploy')} FUNCTION --env ENV.`],
  })
}

/** The code that another tool made, in words; undefined for a source that is packaged. */
function madeElsewhere({ image, s3, isCodeAsFound }: ResolvedFunction): string | undefined {
  if (image) return 'is an image'
  if (s3) return `is a zip in S3 (s3://${s3.bucket}/${s3.key})`
  return isCodeAsFound ? 'has no source, so it takes the code of $LATEST' : undefined
}

async function writeZip(out: string, zip: Uint8Array): Promise<void> {
  try {
    await writeFile(out, zip)
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause)
    throw new LambdactlError('USAGE', `Could not write the zip: ${why}.`, {
      next: ['Name a file in a folder that exists.'],
      cause,
    })
  }
}

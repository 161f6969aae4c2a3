import { writeFile } from 'node:fs/promises'
import type { ResolvedFunction } from '../config/types.ts'
import { LambdactlError } from '../errors/error.ts'
import { requireUploadable } from '../packaging/limits.ts'
import { type PackagingProgress, packageFunction } from '../packaging/package-function.ts'
import type { Clock } from '../ports/clock.ts'
import { eachSecond } from './each-second.ts'

export interface PackageSummary {
  function: string
  /** SHA-256 over sorted path, mode and content of the files, hex: the same on every machine. */
  digest: string
  zippedBytes: number
  unzippedBytes: number
  files: number
  largest: readonly { path: string; bytes: number }[]
  /** Files that looked like secrets and stayed out. */
  leftOut: readonly string[]
  /** Where the zip was written; undefined without `--out`. */
  out: string | undefined
}

export interface PackageOptions {
  /** A file for the zip, with exactly one function. */
  out: string | undefined
  clock: Pick<Clock, 'now'>
  /** Told once a second while a function takes longer than that. */
  onProgress: (name: string, progress: PackagingProgress) => void
}

/**
 * Packages functions without uploading anything.
 *
 * @throws LambdactlError PACKAGE_INVALID, USAGE
 */
export async function packageFunctions(
  fns: readonly ResolvedFunction[],
  { out, clock, onProgress }: PackageOptions,
): Promise<PackageSummary[]> {
  if (out !== undefined && fns.length !== 1) {
    throw new LambdactlError('USAGE', `--out takes one function, and ${fns.length} were chosen.`, {
      next: ['Name the function: lambdactl package FUNCTION --out FILE.'],
    })
  }
  const summaries: PackageSummary[] = []
  for (const fn of fns) {
    const tell = eachSecond(clock, (progress: PackagingProgress) => onProgress(fn.name, progress))
    const built = await packageFunction(fn, tell)
    requireUploadable(built, fn.artifacts !== undefined)
    if (out !== undefined) await writeZip(out, built.zip)
    const { zippedBytes, unzippedBytes, largest, excludedSecrets, codeDigest, files } = built
    summaries.push({
      function: fn.name,
      digest: codeDigest,
      zippedBytes,
      unzippedBytes,
      files: files.length,
      largest,
      leftOut: excludedSecrets,
      out,
    })
  }
  return summaries
}

async function writeZip(out: string, zip: Uint8Array): Promise<void> {
  try {
    await writeFile(out, zip)
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause)
    throw new LambdactlError('USAGE', `Could not write the zip: ${why}.`, {
      next: ['Give a file in a folder that exists.'],
      cause,
    })
  }
}

import { writeFile } from 'node:fs/promises'
import type { ResolvedFunction } from '../config/types.ts'
import { LambdactlError } from '../errors/error.ts'
import { requireUploadable } from '../packaging/limits.ts'
import { packageFunction } from '../packaging/package-function.ts'

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

/**
 * Packages functions without uploading anything.
 *
 * @param out a file for the zip, with exactly one function
 * @throws LambdactlError PACKAGE_INVALID, USAGE
 */
export async function packageFunctions(
  fns: readonly ResolvedFunction[],
  out: string | undefined,
): Promise<PackageSummary[]> {
  if (out !== undefined && fns.length !== 1) {
    throw new LambdactlError('USAGE', `--out takes one function, and ${fns.length} were chosen.`, {
      next: ['Name the function: lambdactl package FUNCTION --out FILE.'],
    })
  }
  const summaries: PackageSummary[] = []
  for (const fn of fns) {
    const built = await packageFunction(fn)
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

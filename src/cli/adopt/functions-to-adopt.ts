import { stat } from 'node:fs/promises'
import { relative, resolve, sep } from 'node:path'
import type { Manages } from '../../config/function/manages.ts'
import { isInS3 } from '../../config/function/s3-source.ts'
import { LambdactlError } from '../../errors/error.ts'
import type { Build, FoundSource } from '../../iac/found-function.ts'
import type { FunctionToAdopt } from '../../workflows/adopt-functions.ts'
import type { LocatedCandidate } from '../../workflows/adoption/find-functions.ts'
import { requireName } from './prepare-adoption.ts'

/** The flags of `init` that say how functions are written down. */
export interface EntryFlags {
  as: string | undefined
  /** Relative to the working directory. */
  source: string | undefined
  manages: Manages | undefined
}

/**
 * The chosen functions as the file gets them.
 *
 * @param directory of the file
 * @throws LambdactlError USAGE for what only one function can have, and for a source that is not there
 */
export async function functionsToAdopt(
  directory: string,
  functions: readonly LocatedCandidate[],
  { as, source, manages }: EntryFlags,
): Promise<FunctionToAdopt[]> {
  if (as !== undefined) requireName('--as', as, /^[a-zA-Z0-9][a-zA-Z0-9_-]*$/)
  if (as !== undefined) requireOne('--as', functions)
  if (source !== undefined) requireOne('--source', functions)
  const given = source === undefined ? undefined : await givenSource(directory, source)
  return functions.map(({ lambdaName, logicalId, isNamed, source: found, build, fields }) => ({
    lambdaName,
    logicalId,
    as,
    isOptional: !isNamed,
    // The tags of a function that was only named tell who makes it.
    manages: manages ?? (isNamed ? undefined : 'code'),
    source: given ?? (found && sourceText(directory, found)),
    // It makes the source that the output tells of.
    ...(given === undefined && { build: build && buildText(directory, build), fields }),
  }))
}

function requireOne(flag: string, functions: readonly LocatedCandidate[]): void {
  if (functions.length === 1) return
  throw new LambdactlError('USAGE', `Expected one function with ${flag}, got ${functions.length}.`, {
    next: ['Choose it: --function NAME.'],
  })
}

/** @throws LambdactlError USAGE for a path where nothing is */
async function givenSource(directory: string, source: string): Promise<string> {
  if (isInS3(source)) return source
  const path = resolve(source)
  await stat(path).catch((cause: unknown) => {
    throw new LambdactlError(
      'USAGE',
      `Expected a folder or a zip for --source, but ${source} is not there.`,
      {
        cause,
      },
    )
  })
  return sourceText(directory, { path })
}

/** As the file has it: relative to its folder. */
function sourceText(directory: string, source: FoundSource): string {
  if ('address' in source) return source.address
  const path = pathFrom(directory, source.path)
  return source.part === undefined ? path : `${path}#${source.part}`
}

/** A build runs in the file's folder, unless the file says another. */
function buildText(directory: string, build: Build): Build {
  if (!('run' in build) || build.in === undefined) return build
  const { in: folder, ...here } = build
  const path = pathFrom(directory, folder)
  if (path !== '.') return { ...build, in: path }
  return here.timeout === undefined ? here.run : here
}

function pathFrom(directory: string, path: string): string {
  return relative(directory, path).split(sep).join('/') || '.'
}

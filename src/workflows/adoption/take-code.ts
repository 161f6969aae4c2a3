import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { DeployedFile } from '../../packaging/adopted/deployed-code.ts'
import { mayDeclare } from '../../packaging/python/elsewhere.ts'
import type { FunctionState } from '../../ports/functions.ts'
import type { Run } from '../run/run.ts'
import { downloaded, type ExtractedSource, extractSource } from './extract-source.ts'

/** The code of a function in the service's folder. */
export interface TakenCode extends ExtractedSource {
  files: number
  /** The fields of the file that follow from it. */
  fields: { requirements?: false }
}

/** A function whose code is taken, and its name in the file. */
export interface CodeToTake {
  name: string
  serving: FunctionState
}

/**
 * Downloads the code of functions one after the other, and writes it below `functions/`. All of it goes again if one
 * can't be written.
 *
 * @throws LambdactlError PATH_TAKEN, PACKAGE_INVALID
 */
export async function takeCode(
  run: Run,
  directory: string,
  functions: readonly CodeToTake[],
): Promise<Map<string, TakenCode>> {
  const taken = new Map<string, TakenCode>()
  try {
    for (const { name, serving } of functions) {
      const { name: lambdaName, version, settings } = serving
      const zip = await run.aws.functions.code(lambdaName, version)
      const code = await downloaded(zip, `${lambdaName}:${version}`, settings)
      const source = await extractSource(directory, join('functions', name), code)
      taken.set(name, { ...source, files: code.files.length, fields: asInstalled(serving, code.files) })
    }
    return taken
  } catch (error) {
    await removeTaken(directory, taken)
    throw error
  }
}

/** Removes the code again. */
export async function removeTaken(directory: string, taken: ReadonlyMap<string, TakenCode>): Promise<void> {
  for (const { source } of taken.values()) await rm(join(directory, source), { recursive: true })
}

/** Deployed code contains its installed dependencies, so a requirements file beside it must not be installed again. */
function asInstalled({ settings }: FunctionState, files: readonly DeployedFile[]): TakenCode['fields'] {
  const isListed = files.some(({ path }) => mayDeclare(path))
  return settings.runtime.startsWith('python') && isListed ? { requirements: false } : {}
}

import { randomUUID } from 'node:crypto'
import { readFile, realpath, rename, rm, stat } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { LambdactlError } from '../../errors/error.ts'
import { makeFolder } from '../../folders/make-folder.ts'
import { schemaFile, writeSchema } from './schema-file.ts'
import { writeNew } from './write-new.ts'

export const configurationFile = 'lambdactl.yaml'

/** A configuration to write into a service's folder. */
export interface Configuration {
  /** Absolute. */
  directory: string
  text: string
  /** The text that it was made of; undefined if the folder has no file yet. */
  before: string | undefined
  /** The schema's text for a new file. */
  schema: string
  /** Whether it contains values of variables, which may be secrets. */
  hasValues: boolean
}

/**
 * Writes `lambdactl.yaml`, and the schema beside a new one. It is written last: it names all other files, and nothing
 * after it can fail.
 *
 * @returns whether the schema was written
 * @throws LambdactlError CONFLICT if somebody changed the file since it was read: a person may choose for a while
 */
export async function writeConfiguration({ directory, schema, ...file }: Configuration): Promise<boolean> {
  await makeFolder(directory)
  const hasSchema = file.before === undefined && (await writeSchema(directory, schema))
  try {
    await writeConfigurationFile(join(directory, configurationFile), file)
    return hasSchema
  } catch (error) {
    if (hasSchema) await rm(join(directory, schemaFile), { force: true })
    throw error
  }
}

/**
 * Writes a configuration file, or replaces one that is still as it was read; a link keeps pointing at it. A file with variables' values, which may be
 * secrets, is private from its first byte on.
 *
 * @throws LambdactlError CONFLICT if something else changed it meanwhile
 */
export async function writeConfigurationFile(
  path: string,
  { text, before, hasValues }: Pick<Configuration, 'text' | 'before' | 'hasValues'>,
): Promise<void> {
  if (before === undefined) return writeNew(path, text, hasValues ? 0o600 : undefined)
  const place = await realpath(path)
  const unfinished = `${place}.${randomUUID()}`
  const { mode } = await stat(place)
  await writeNew(unfinished, text, hasValues ? 0o600 : mode & 0o777)
  try {
    if ((await readFile(place, 'utf8')) !== before) throw changedMeanwhile(path)
    await rename(unfinished, place)
  } catch (error) {
    await rm(unfinished, { force: true })
    throw error
  }
}

function changedMeanwhile(path: string): LambdactlError {
  const what = `${basename(path)} was changed by something else meanwhile; nothing was written.`
  return new LambdactlError('CONFLICT', what, {
    next: ['Run the command again: it starts from the present file.'],
  })
}

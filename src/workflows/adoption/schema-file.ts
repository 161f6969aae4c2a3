import { join } from 'node:path'
import { writeNew } from './write-new.ts'

/** The schema's file beside `lambdactl.yaml`. The first line of a file from `init` names it, for editors. */
export const schemaFile = 'lambdactl.schema.json'

/**
 * Writes the schema into a service's folder. An existing file stays as it is.
 *
 * @param text as `lambdactl schema` prints it
 * @returns whether it was written
 */
export async function writeSchema(directory: string, text: string): Promise<boolean> {
  try {
    await writeNew(join(directory, schemaFile), text)
    return true
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false
    throw error
  }
}

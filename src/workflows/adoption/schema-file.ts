import { join } from 'node:path'
import { writeNew } from './write-new.ts'

/** The schema of `lambdactl.yaml` beside it: the first line of a file that `init` writes names it, for editors. */
export const schemaFile = 'lambdactl.schema.json'

/**
 * Writes the schema into a service's folder. One that is there already stays as it is.
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

import { rm, writeFile } from 'node:fs/promises'

/**
 * Writes a file that is not there yet. One that could not be written whole, on a full disk say, is taken away again.
 *
 * @param mode its permissions; absent: as the system has them
 * @throws the system's error: EEXIST where there is one, which stays as it is
 */
export async function writeNew(path: string, text: string, mode?: number): Promise<void> {
  try {
    await writeFile(path, text, { flag: 'wx', ...(mode === undefined ? {} : { mode }) })
  } catch (error) {
    // What went wrong first is what a person has to know.
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST')
      await rm(path, { force: true }).catch(() => undefined)
    throw error
  }
}

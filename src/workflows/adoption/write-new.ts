import { rm, writeFile } from 'node:fs/promises'

/**
 * Writes a new file. If it could not be written whole, for example on a full disk, it is removed again.
 *
 * @param mode its permissions; absent: the system's default
 * @throws the system's error: EEXIST if the file exists, which stays as it is
 */
export async function writeNew(path: string, text: string, mode?: number): Promise<void> {
  try {
    await writeFile(path, text, { flag: 'wx', ...(mode === undefined ? {} : { mode }) })
  } catch (error) {
    // A person has to know the first error.
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST')
      await rm(path, { force: true }).catch(() => undefined)
    throw error
  }
}

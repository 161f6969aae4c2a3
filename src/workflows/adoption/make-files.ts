import { rm } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { makeFolder } from '../../folders/make-folder.ts'
import { writeNew } from './write-new.ts'

/** A file to write. */
export interface FileToMake {
  /** Relative to the folder. */
  to: string
  text: () => Promise<string>
}

/**
 * Writes new files into a folder. If one of them, or the last step, fails, all are removed again.
 *
 * @throws the system's error
 */
export async function makeFiles(
  directory: string,
  files: readonly FileToMake[],
  last: () => Promise<unknown>,
): Promise<void> {
  const written: string[] = []
  try {
    for (const { to, text } of files) {
      const target = join(directory, to)
      const content = await text()
      await makeFolder(dirname(target))
      await writeNew(target, content)
      written.push(target)
    }
    await last()
  } catch (error) {
    for (const target of written) await rm(target, { force: true })
    throw error
  }
}

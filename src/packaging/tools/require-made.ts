import { readdir, stat } from 'node:fs/promises'
import { dirname } from 'node:path'
import { LambdactlError } from '../../errors/error.ts'
import { firstNames } from '../../errors/first-few.ts'

/** How many existing names an error shows. */
const shownNames = 8

/**
 * Checks that a build made its source.
 *
 * @param build in words, as in `build: (make in /shop)`
 * @throws LambdactlError PACKAGE_INVALID if the source is missing, with the names that exist
 */
export async function requireMade(source: string, build: string): Promise<void> {
  const names = await namesIn(source)
  if (names ? names.length > 0 : await isThere(source)) return
  const expected = source.endsWith('.zip') ? 'a file' : 'a folder with files'
  const got = names ? 'an empty one' : 'nothing'
  throw new LambdactlError(
    'PACKAGE_INVALID',
    `${build} ended well, but did not make ${source}: expected ${expected}, got ${got}; ${await whatIsThere(dirname(source))}.`,
    { next: ['Correct source: to name the folder or file that it makes, or build: to make it.'] },
  )
}

/** `/shop/target has debug, release`, for the nearest folder that exists. */
async function whatIsThere(folder: string): Promise<string> {
  const names = await namesIn(folder)
  if (!names) return dirname(folder) === folder ? 'there is no folder above' : whatIsThere(dirname(folder))
  const shown = firstNames(names.toSorted(), shownNames)
  return `${folder} ${shown === '' ? 'is empty' : `has ${shown}`}`
}

/** Undefined if the path is no folder. */
async function namesIn(folder: string): Promise<string[] | undefined> {
  return readdir(folder).catch(() => undefined)
}

async function isThere(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  )
}

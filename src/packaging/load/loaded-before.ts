import { hash } from 'node:crypto'
import { utimes, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { cacheFolder } from '../cache/cache-folder.ts'
import { forgetOldest } from '../cache/forget-oldest.ts'
import { tellUnusable } from '../cache/tell-unusable.ts'
import type { Tools } from '../model/types.ts'

/** Whether a handler was loaded before. */
export interface LoadedBefore {
  readonly isKnown: boolean
  /** Stores that it was loaded now. */
  remember(): Promise<void>
}

/** Each file has one byte. */
const mostHandlers = 1000
/** Increase this number when the way of loading changes. */
const layout = 7

/**
 * Looks up in the user's cache whether a handler was loaded before.
 *
 * @param task everything that decides whether it can be loaded
 */
export async function loadedBefore(task: object, tools: Tools): Promise<LoadedBefore> {
  const { folder, unusable } = await cacheFolder('handlers', tools.variables)
  if (folder === undefined) {
    // The user asked for this cache by a variable, so its absence is told.
    if (tools.variables['LAMBDACTL_CACHE_DIR']) tellUnusable(tools, unusable)
    return { isKnown: false, remember: () => Promise.resolve() }
  }
  const path = join(folder, hash('sha256', JSON.stringify([layout, task])))
  const now = new Date()
  return {
    // The cache keeps the files that were used last.
    isKnown: await utimes(path, now, now).then(
      () => true,
      () => false,
    ),
    async remember() {
      // If the write fails, for example on a full disk, the next run loads the handler again.
      await writeFile(path, '.', { mode: 0o600 }).catch(() => undefined)
      await forgetOldest(folder, mostHandlers)
    },
  }
}

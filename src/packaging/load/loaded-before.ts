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
  /** Says that it was loaded now. */
  remember(): Promise<void>
}

/** A file of one byte each. */
const mostHandlers = 1000
/** Another way to load them needs another number. */
const layout = 7

/**
 * Looks up in the user's cache whether a handler was loaded before.
 *
 * @param task all that decides whether it can be loaded
 */
export async function loadedBefore(task: object, tools: Tools): Promise<LoadedBefore> {
  const { folder, unusable } = await cacheFolder('handlers', tools.variables)
  if (folder === undefined) {
    // Nobody asked for another one.
    if (tools.variables['LAMBDACTL_CACHE_DIR']) tellUnusable(tools, unusable)
    return { isKnown: false, remember: () => Promise.resolve() }
  }
  const path = join(folder, hash('sha256', JSON.stringify([layout, task])))
  const now = new Date()
  return {
    // Those used lately are kept.
    isKnown: await utimes(path, now, now).then(
      () => true,
      () => false,
    ),
    async remember() {
      // On a full disk, say, it is loaded again next time.
      await writeFile(path, '.', { mode: 0o600 }).catch(() => undefined)
      await forgetOldest(folder, mostHandlers)
    },
  }
}

import path from 'node:path'
import { LambdactlError } from '../../errors/error.ts'
import type { Closers } from '../closers.ts'
import { prepareFolder, unusable } from './folder.ts'
import { openKeeper, type StateKeeper, temporaryKeeper } from './keeper.ts'
import type { Kept } from './kept.ts'
import { lockDirectory } from './lock.ts'
import { storageReason, tellOfStorage } from './storage.ts'

/** A state folder of this sandbox, and the keeper of its content. */
export interface KeptState {
  /** Absolute. */
  directory: string
  keeper: StateKeeper
  kept: Kept
}

/**
 * Locks a state folder and opens its content; the closers write the last changes and release the folder.
 *
 * @throws LambdactlError CONFLICT if another sandbox has it; CONFIG_INVALID if it cannot be used or read
 */
export async function claimState(folder: string, closers: Closers): Promise<KeptState> {
  const directory = path.resolve(folder)
  try {
    await prepareFolder(directory)
    const lock = await lockDirectory(directory)
    closers.push(() => lock.release())
    const onStorageFailure = once(tellOfStorage)
    const keeper = await openKeeper(directory, telling(onStorageFailure))
    closers.push(() => closeKeeper(keeper, directory))
    return { directory, keeper, kept: { begin: () => keeper.begin(), onStorageFailure } }
  } catch (error) {
    throw error instanceof LambdactlError ? error : unusable(directory, error)
  }
}

/** Keeps nothing beyond the end of the sandbox, in a folder that is removed then. */
export function temporaryState(directory: string, closers: Closers): KeptState {
  const onStorageFailure = once(tellOfStorage)
  const keeper = temporaryKeeper(telling(onStorageFailure))
  closers.push(() => keeper.close())
  return { directory, keeper, kept: { begin: () => keeper.begin(), onStorageFailure } }
}

function telling(onStorageFailure: (reason: string) => void) {
  return (error: unknown) => onStorageFailure(storageReason(error) ?? String(error))
}

async function closeKeeper(keeper: StateKeeper, directory: string): Promise<void> {
  try {
    keeper.close()
  } catch (error) {
    const reason = storageReason(error) ?? String(error)
    throw new LambdactlError(
      'CONFIG_INVALID',
      `The sandbox could not write its last changes to ${directory}: ${reason}.`,
      {
        next: [
          'All that it had acknowledged is there; what nobody was told may not be, such as the last lines of logs. Make room before the next start.',
        ],
        cause: error,
      },
    )
  }
}

/** Calls it the first time only. */
function once(tell: (reason: string) => void): (reason: string) => void {
  let told = false
  return (reason) => {
    if (!told) tell(reason)
    told = true
  }
}

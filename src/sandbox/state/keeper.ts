import { LambdactlError } from '../../errors/error.ts'
import type { ServiceError } from '../protocol/service-error.ts'
import { openDatabase, type StateDatabase, temporaryDatabase } from './database.ts'
import { type KeptParts, partsIn } from './parts.ts'
import { isTable, type Part } from './persistent.ts'
import { storageFailure, storageReason } from './storage.ts'

/** Keeps on disk everything that clients have been told. */
export interface StateKeeper {
  /** Whether there was no state before. */
  readonly isNew: boolean
  /** Restores the records of every part, and keeps them from now on. @throws LambdactlError CONFIG_INVALID */
  restore(parts: readonly Part[]): void
  /**
   * Begins a request. Call the returned function before the answer: it writes all changes, and returns an error if one
   * of the request's changes could not be written. Changes that could not be written are undone in memory.
   */
  begin(): () => ServiceError | undefined
  /**
   * Deletes the records of some parts, and keeps empty parts in their place from now on.
   *
   * @throws LambdactlError CONFIG_INVALID if the disk refuses it; nothing is deleted then
   */
  renew(before: readonly Part[], after: readonly Part[]): void
  /** Runs the work once all present changes are on disk. */
  afterCommit(work: () => void): void
  /** Writes a last time. @throws SQLite's error if it fails */
  close(): void
}

/** No client waits for the sandbox's own changes, such as handlers' log lines and alarms' states. */
const longestDelayMs = 50

/**
 * Opens the state of a folder that this process has locked.
 *
 * @param onFailure called each time that changes could not be written
 * @throws LambdactlError CONFIG_INVALID for a database that cannot be read
 */
export async function openKeeper(
  directory: string,
  onFailure: (error: unknown) => void,
): Promise<StateKeeper> {
  return createKeeper(await openDatabase(directory), onFailure)
}

/**
 * Keeps the tables, and no records, until it is closed. Nobody waits for its writes: an answer only tells of one that
 * has failed already.
 */
export function temporaryKeeper(onFailure: (error: unknown) => void): StateKeeper {
  const keeper = createKeeper(temporaryDatabase(), onFailure, { isTemporary: true })
  return {
    ...keeper,
    restore: (parts) => keeper.restore(parts.filter(isTable)),
    renew: (before, after) => keeper.renew(before.filter(isTable), after.filter(isTable)),
  }
}

function createKeeper(
  database: StateDatabase,
  onFailure: (error: unknown) => void,
  { isTemporary } = { isTemporary: false },
): StateKeeper {
  let kept = partsIn(database, [])
  let after: (() => void)[] = []
  let failures = 0
  let lastFailure: ServiceError | undefined
  let timer: NodeJS.Timeout | undefined

  function commit(): void {
    try {
      kept.write()
    } catch (error) {
      failures += 1
      lastFailure = storageFailure(storageReason(error) ?? String(error))
      throw error
    }
    for (const work of after.splice(0)) work()
  }
  const tryCommit = reporting(commit, onFailure)
  const keep = (parts: readonly Part[]) => {
    kept = partsIn(database, parts)
    kept.begin(tryCommit)
  }

  return {
    isNew: database.isNew,
    restore(parts) {
      keep(parts)
      kept.restore()
      tryCommit()
      timer = setInterval(tryCommit, longestDelayMs).unref()
    },
    begin() {
      const before = failures
      return () => {
        if (!isTemporary) tryCommit()
        return failures === before ? undefined : lastFailure
      }
    },
    renew(before, empty) {
      // The changes of all other parts are collected again from here on.
      tryCommit()
      forget(partsIn(database, before))
      keep([...kept.parts.filter((part) => !before.includes(part)), ...empty])
    },
    afterCommit: (work) => void after.push(work),
    close() {
      clearInterval(timer)
      try {
        if (!isTemporary) commit()
      } finally {
        after = []
        database.close()
      }
    },
  }
}

function forget(parts: KeptParts): void {
  try {
    parts.erase()
  } catch (error) {
    const reason = storageReason(error) ?? String(error)
    throw new LambdactlError('CONFIG_INVALID', `The sandbox could not forget what it holds: ${reason}.`, {
      next: ['Nothing was forgotten: make room on the disk, then reset again.'],
      cause: error,
    })
  }
}

/** The work with its failures reported, not thrown. */
function reporting(work: () => void, onFailure: (error: unknown) => void): () => void {
  return () => {
    try {
      work()
    } catch (error) {
      onFailure(error)
    }
  }
}

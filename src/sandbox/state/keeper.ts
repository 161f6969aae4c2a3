import type { ServiceError } from '../protocol/service-error.ts'
import { openDatabase, refusedState, type StateDatabase } from './database.ts'
import type { Change, Persistent } from './persistent.ts'
import { storageFailure, storageReason } from './storage.ts'

/** Keeps on disk everything that clients have been told. */
export interface StateKeeper {
  /** Whether there was no state before. */
  readonly isNew: boolean
  /** Restores the records of every part, and keeps them from now on. @throws LambdactlError CONFIG_INVALID */
  restore(parts: readonly Persistent[]): void
  /**
   * Begins a request. Call the returned function before the answer: it writes all changes, and returns an error if one
   * of the request's changes could not be written. Changes that could not be written are undone in memory.
   */
  begin(): () => ServiceError | undefined
  /** Deletes all records, and keeps those of these parts from now on, which are empty. @throws SQLite's error */
  renew(parts: readonly Persistent[]): void
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
  const database = await openDatabase(directory)
  let parts: readonly Persistent[] = []
  let after: (() => void)[] = []
  let failures = 0
  let lastFailure: ServiceError | undefined
  let timer: NodeJS.Timeout | undefined

  function commit(): void {
    const changed = parts.map((part): Changed => ({ part, changes: [...part.changes()] }))
    try {
      write(database, changed)
    } catch (error) {
      failures += 1
      lastFailure = storageFailure(storageReason(error) ?? String(error))
      undo(database, changed)
      throw error
    }
    for (const work of after.splice(0)) work()
  }
  const tryCommit = reporting(commit, onFailure)

  return {
    isNew: database.isNew,
    restore(all) {
      for (const part of all) part.changes()
      for (const part of all) restorePart(database, part)
      parts = all
      tryCommit()
      timer = setInterval(tryCommit, longestDelayMs).unref()
    },
    begin() {
      const before = failures
      return () => {
        tryCommit()
        return failures === before ? undefined : lastFailure
      }
    },
    renew(all) {
      database.clear()
      after = []
      for (const part of all) part.changes()
      parts = all
    },
    afterCommit: (work) => void after.push(work),
    close() {
      clearInterval(timer)
      try {
        commit()
      } finally {
        after = []
        database.close()
      }
    },
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

interface Changed {
  part: Persistent
  changes: Change[]
}

function write(database: StateDatabase, changed: readonly Changed[]): void {
  const filled = changed.filter(({ changes }) => changes.length > 0)
  if (filled.length > 0) database.write(filled.map(({ part, changes }) => [part.kind, changes]))
}

function undo(database: StateDatabase, changed: readonly Changed[]): void {
  for (const { part, changes } of changed) {
    part.apply(changes.map(([key]) => [key, database.row(part.kind, key)]))
  }
}

function restorePart(database: StateDatabase, part: Persistent): void {
  try {
    part.apply(database.rows(part.kind))
  } catch (error) {
    throw refusedState(database.file, error instanceof Error ? error.message : String(error), error)
  }
}

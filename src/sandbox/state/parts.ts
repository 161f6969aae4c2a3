import { refusedState, type StateDatabase } from './database.ts'
import { type Change, isRecords, isTable, type Part, type Persistent } from './persistent.ts'

/** The parts of an account in a database. */
export interface KeptParts {
  parts: readonly Part[]
  /** Collects changes from now on. @param commit writes them and all others */
  begin(commit: () => void): void
  /** Restores the records. @throws LambdactlError CONFIG_INVALID if the database is damaged */
  restore(): void
  /** Writes all changes since the last call. If that fails, it undoes them in memory. @throws SQLite's error */
  write(): void
  /** Deletes their rows. @throws SQLite's error */
  erase(): void
}

export function partsIn(database: StateDatabase, parts: readonly Part[]): KeptParts {
  const records = parts.filter(isRecords)
  const tables = parts.filter(isTable)
  return {
    parts,
    begin(commit) {
      for (const part of records) part.changes()
      const home = { database: database.connection, commit }
      readable(database, () => tables.forEach((table) => table.attach(home)))
    },
    restore() {
      for (const part of records) readable(database, () => part.apply(database.rows(part.kind)))
    },
    write() {
      const changed = records
        .map((part): Changed => ({ part, changes: [...part.changes()] }))
        .filter(({ changes }) => changes.length > 0)
      const open = tables.filter((table) => table.hasChanges())
      if (changed.length === 0 && open.length === 0) return
      try {
        database.write(
          changed.map(({ part, changes }) => [part.kind, changes]),
          () => open.forEach((table) => table.write()),
        )
      } catch (error) {
        for (const table of tables) table.discard()
        undo(database, changed)
        throw error
      }
    },
    erase() {
      const kinds = records.map(({ kind }) => kind)
      database.clear(kinds, () => tables.forEach((table) => table.erase()))
    },
  }
}

interface Changed {
  part: Persistent
  changes: Change[]
}

function undo(database: StateDatabase, changed: readonly Changed[]): void {
  for (const { part, changes } of changed) {
    part.apply(changes.map(([key]) => [key, database.row(part.kind, key)]))
  }
}

function readable(database: StateDatabase, work: () => void): void {
  try {
    work()
  } catch (error) {
    throw refusedState(database.file, error instanceof Error ? error.message : String(error), error)
  }
}

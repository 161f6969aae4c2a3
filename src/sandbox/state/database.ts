import path from 'node:path'
import type { DatabaseSync } from 'node:sqlite'
import { LambdactlError } from '../../errors/error.ts'
import { createPrivately, olderState } from './folder.ts'
import type { Change, Row } from './persistent.ts'
import { openSqlite, sqliteCodeOf, sqliteCodes } from './sqlite.ts'

/** Identifies the sandbox's databases: `lctl`. */
const applicationId = 0x6c_63_74_6c

/** Increase this number when keys or records change so that older or newer code does not understand them. */
const format = 3

const unreadable = new Set<number | undefined>([sqliteCodes.corrupt, sqliteCodes.notADatabase])

/** The most bytes that the write-ahead log keeps on disk after a checkpoint. */
const longestLog = 16 * 1024 * 1024

/** Rows that are read together at the start; few enough that the largest records fit into one text. */
const rowsAtOnce = 100

/** The sandbox's records on disk, by kind and key, and its tables. */
export interface StateDatabase {
  file: string
  connection: DatabaseSync
  /** Whether it was just made. */
  isNew: boolean
  /** All records of a kind in the order of their keys. */
  rows(kind: string): Iterable<Row>
  row(kind: string, key: string): unknown
  /** Writes all changes or none; the tables write theirs. */
  write(changes: readonly (readonly [kind: string, changes: readonly Change[]])[], tables: () => void): void
  /** Deletes the records of some kinds, and the rows that `tables` deletes. */
  clear(kinds: readonly string[], tables: () => void): void
  close(): void
}

/**
 * Opens the database of a state folder whose lock this process holds, and makes it if it is missing.
 *
 * @throws LambdactlError CONFIG_INVALID for a database that is damaged, foreign or of another format; it stays
 * unchanged
 */
export async function openDatabase(directory: string): Promise<StateDatabase> {
  const file = path.join(directory, 'state.db')
  await createPrivately(file)
  const database = openSqlite(file)
  try {
    const isNew = prepare(database, file)
    return { file, isNew, connection: database, ...accessTo(database), close: () => database.close() }
  } catch (error) {
    database.close()
    if (!unreadable.has(sqliteCodeOf(error))) throw error
    throw refusedState(file, 'it is damaged, or no database', error)
  }
}

/** Opens a database in a file without a name, which the system removes however the process ends. */
export function temporaryDatabase(): StateDatabase {
  const database = openSqlite('')
  // Nothing has to outlive a crash.
  database.exec('PRAGMA synchronous = OFF')
  makeRecords(database)
  return {
    file: 'a temporary file',
    isNew: true,
    connection: database,
    ...accessTo(database),
    close: () => database.close(),
  }
}

function accessTo(database: DatabaseSync): Pick<StateDatabase, 'rows' | 'row' | 'write' | 'clear'> {
  // One call and one parse for many rows take half the time of one for each.
  const chunk = database.prepare(
    `SELECT '[' || group_concat('[' || json_quote(key) || ',' || record || ']') || ']' AS rows
    FROM (SELECT key, record FROM records WHERE kind = ? AND key > ? ORDER BY key LIMIT ${rowsAtOnce})`,
  )
  const one = database.prepare('SELECT record FROM records WHERE kind = ? AND key = ?')
  const put = database.prepare(
    'INSERT INTO records VALUES (?, ?, ?) ON CONFLICT DO UPDATE SET record = excluded.record',
  )
  const removeAll = database.prepare('DELETE FROM records WHERE kind = ?')
  const remove = database.prepare('DELETE FROM records WHERE kind = ? AND key = ?')
  return {
    *rows(kind) {
      for (let last = ''; ; ) {
        const rows = JSON.parse(String(chunk.get(kind, last)?.['rows'] ?? '[]')) as Row[]
        yield* rows
        const [key] = rows.at(-1) ?? []
        if (key === undefined) return
        last = key
      }
    },
    row(kind, key) {
      const found = one.get(kind, key)
      return found && (JSON.parse(String(found['record'])) as unknown)
    },
    clear: (kinds, tables) =>
      inTransaction(database, () => {
        tables()
        for (const kind of kinds) removeAll.run(kind)
      }),
    write: (changes, tables) =>
      inTransaction(database, () => {
        tables()
        for (const [kind, changed] of changes) {
          for (const [key, json] of changed) {
            if (json === undefined) remove.run(kind, key)
            else put.run(kind, key, json)
          }
        }
      }),
  }
}

/** @returns whether it was empty */
function prepare(database: DatabaseSync, file: string): boolean {
  // The folder's own lock protects the database; this mode avoids a shared-memory file beside it.
  database.exec('PRAGMA locking_mode = EXCLUSIVE')
  const isNew = numberOf(database, 'SELECT count(*) FROM sqlite_schema') === 0
  if (!isNew) check(database, file)
  database.exec('PRAGMA journal_mode = WAL')
  // Written rows survive a killed process. Only a crash of the machine can lose the last moments.
  database.exec('PRAGMA synchronous = NORMAL')
  database.exec(`PRAGMA journal_size_limit = ${longestLog}`)
  if (isNew) {
    inTransaction(database, () => {
      makeRecords(database)
      database.exec(`PRAGMA application_id = ${applicationId}`)
      database.exec(`PRAGMA user_version = ${format}`)
    })
  }
  return isNew
}

function makeRecords(database: DatabaseSync): void {
  database.exec('CREATE TABLE records (kind TEXT, key TEXT, record TEXT NOT NULL, PRIMARY KEY (kind, key))')
}

function check(database: DatabaseSync, file: string): void {
  if (numberOf(database, 'PRAGMA application_id') !== applicationId) {
    throw refusedState(file, 'it is no state of a sandbox')
  }
  const found = numberOf(database, 'PRAGMA user_version')
  if (found < format) throw olderState(path.dirname(file), [path.basename(file)])
  if (found > format) {
    throw new LambdactlError(
      'CONFIG_INVALID',
      `The state in ${file} was written by a newer lambdactl (format ${found}, this one reads ${format}).`,
      { next: ['Use that lambdactl, or choose another --state folder. Nothing was changed.'] },
    )
  }
}

/** The error for state that cannot be read. */
export function refusedState(file: string, reason: string, cause?: unknown): LambdactlError {
  return new LambdactlError('CONFIG_INVALID', `The sandbox cannot read its state from ${file}: ${reason}.`, {
    next: [
      `Choose another --state folder, or move ${path.dirname(file)} away to start without it. Nothing was changed.`,
    ],
    cause,
  })
}

function numberOf(database: DatabaseSync, query: string): number {
  return Number(Object.values(database.prepare(query).get() ?? {})[0])
}

function inTransaction(database: DatabaseSync, work: () => void): void {
  database.exec('BEGIN IMMEDIATE')
  try {
    work()
    database.exec('COMMIT')
  } catch (error) {
    try {
      database.exec('ROLLBACK')
    } catch {
      // SQLite has rolled back already, as it does on a full disk.
    }
    throw error
  }
}

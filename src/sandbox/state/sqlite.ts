import type { DatabaseSync } from 'node:sqlite'

/** SQLite's result codes that have a meaning here; an extended code has them in its low byte. */
export const sqliteCodes = {
  busy: 5,
  readOnly: 8,
  ioError: 10,
  corrupt: 11,
  full: 13,
  cannotOpen: 14,
  notADatabase: 26,
} as const

/**
 * Opens a database with Node's own SQLite. Some Node versions call it experimental; only that warning is suppressed.
 */
export function openSqlite(file: string): DatabaseSync {
  const emitWarning = process.emitWarning.bind(process)
  process.emitWarning = ((warning: string | Error, ...rest: [string]) => {
    if (!String(warning).startsWith('SQLite is an experimental feature')) emitWarning(warning, ...rest)
  }) as typeof process.emitWarning
  try {
    const sqlite = process.getBuiltinModule('node:sqlite')
    return new sqlite.DatabaseSync(file)
  } finally {
    process.emitWarning = emitWarning
  }
}

/** SQLite's primary result code, if the error is SQLite's. */
export function sqliteCodeOf(error: unknown): number | undefined {
  const { errcode } = error as { errcode?: unknown }
  return typeof errcode === 'number' ? errcode & 0xff : undefined
}

import type { DatabaseSync } from 'node:sqlite'

/** A changed record: its JSON text, or undefined if it is deleted. */
export type Change = readonly [key: string, json: string | undefined]

/** A record's parsed JSON; undefined if there is none. */
export type Row = readonly [key: string, record: unknown]

/** Records of one kind that outlive the sandbox with `--state DIR`. Each is a row of its own, in JSON. */
export interface Persistent {
  readonly kind: string
  /**
   * The changes since the last call. Before the first call nothing is collected, so a sandbox without state needs no
   * memory for it.
   */
  changes(): Iterable<Change>
  /**
   * Sets records to these rows: to all rows at the start, in the order of their keys, and later to rows whose changes
   * could not be written. This collects no change.
   */
  apply(rows: Iterable<Row>): void
}

/** The database of the sandbox: that of `--state DIR`, or a temporary one. */
export interface Home {
  database: DatabaseSync
  /** Writes all changes so far, as before an answer. */
  commit(): void
}

/** A table for rows that are too many for the memory: they are read from the database. */
export interface PersistentTable {
  /** Makes the table if it is missing; it is there from now on. */
  attach(home: Home): void
  hasChanges(): boolean
  /** Makes the changes since the last call, within a transaction. */
  write(): void
  /** Deletes all rows, within a transaction. */
  erase(): void
  /** Forgets these changes, which could not be written. */
  discard(): void
}

/** A part of an account that the keeper keeps. */
export type Part = Persistent | PersistentTable

export function isTable(part: Part): part is PersistentTable {
  return 'attach' in part
}

export function isRecords(part: Part): part is Persistent {
  return 'apply' in part
}

/** A record that changed: its JSON text, or undefined where it is gone. */
export type Change = readonly [key: string, json: string | undefined]

/** A record as its JSON reads; undefined where there is none. */
export type Row = readonly [key: string, record: unknown]

/** Records of one kind that outlive the sandbox where `--state DIR` is given. Each is a row of its own, in JSON. */
export interface Persistent {
  readonly kind: string
  /** The changes since the last call. Before the first call nothing is noted, so that a sandbox without state holds none. */
  changes(): Iterable<Change>
  /**
   * Sets records to these rows: to all of them at the start, in the order of their keys, and later to the rows of changes
   * that could not be written. It notes no change.
   */
  apply(rows: Iterable<Row>): void
}

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

/** A row of the table: all that is the same about one attachment wherever it is met. */
export interface Attachment<Value> {
  /** Its name in changes and in the journal, where that is not its member in FunctionAttachments. */
  readonly name?: string
  /** Fields of the file, and AWS's names of them. */
  readonly fields: Readonly<Record<string, string>>
  /** Holds where nobody gave one. */
  readonly default?: Value
  readonly said: (value: Value) => string
  /** Words for one that AWS has nothing of; absent: that can't be. */
  readonly none?: string
  /** The part of it that counts in a comparison; absent: all of it. */
  readonly compared?: (value: Value) => unknown
  /** Words for the docs: the thing that it hangs on, and the meaning of a file that leaves it out. */
  readonly of: string
  readonly leftOut?: string
  readonly note?: string
}

/** A row of the table: the facts about one attachment that hold everywhere. */
export interface Attachment<Value> {
  /** Its name in changes and in the journal, if it differs from its member in FunctionAttachments. */
  readonly name?: string
  /** Fields of the file, and AWS's names of them. */
  readonly fields: Readonly<Record<string, string>>
  /** The value if nobody set one. */
  readonly default?: Value
  readonly said: (value: Value) => string
  /** Words for an attachment that AWS does not have; absent: it always has one. */
  readonly none?: string
  /** The part that a comparison uses; absent: all of it. */
  readonly compared?: (value: Value) => unknown
  /** Words for the docs: its owner, and the meaning of a file that leaves it out. */
  readonly of: string
  readonly leftOut?: string
  readonly note?: string
}

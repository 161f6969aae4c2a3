/** A value of a field; undefined if an event does not have the field. */
export type Value = string | number | boolean | undefined

/** The fields of an event, or of a row of results. */
export type Fields = Readonly<Record<string, Value>>

/** An expression of a query, read. */
export type Node = { /** As it was written. */ written: string } & (
  | { kind: 'value'; value: Value }
  | { kind: 'field'; name: string }
  | { kind: 'call'; name: string; arguments: readonly Node[] }
  | { kind: 'operation'; operator: string; left: Node; right: Node }
  | { kind: 'not'; of: Node }
  | { kind: 'like'; of: Node; pattern: RegExp }
  | { kind: 'in'; of: Node; list: readonly Node[] }
)

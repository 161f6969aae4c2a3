/** A filter's condition on a line. */
export type Expression =
  | { kind: 'and' | 'or'; of: readonly Expression[] }
  | { kind: 'not'; of: Expression }
  /** The field is there. */
  | { kind: 'has'; field: string }
  | { kind: 'compare'; field: string; operator: Operator; value: Value }
  | { kind: 'match'; field: string; pattern: RegExp }

export type Operator = '=' | '!=' | '<' | '<=' | '>' | '>='

/** A written value: without quotes, a number or one of three words is no text. */
export type Value = string | number | boolean | null

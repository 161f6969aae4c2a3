import type { FieldPath } from './field-path.ts'

/** One problem of a configuration. */
export interface Problem {
  /** Empty for the file as a whole. */
  field: FieldPath
  /** A sentence with the expected and the present value. */
  text: string
  /** Set if the field's name is wrong, not its value. */
  aboutKey?: true
}

import type { FieldPath } from './field-path.ts'

/** One thing that is wrong with a configuration. */
export interface Problem {
  /** Empty for the file as a whole. */
  field: FieldPath
  /** A sentence: what was expected and what is there. */
  text: string
  /** Set where the field's name is wrong, and not its value. */
  aboutKey?: true
}

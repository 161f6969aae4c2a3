import type { FieldPath } from './field-path.ts'
import { interpolate, type Scope } from './interpolate.ts'

/** A field of a function in the file: its texts are resolved here, and messages name it. */
export interface Position {
  /** The absolute path of the folder that holds the file; paths in the file are relative to it. */
  readonly directory: string
  /**
   * Replaces `${…}`.
   *
   * @param path from here down to the text
   * @throws LambdactlError CONFIG_INVALID with the field's place, for a missing value or an unknown form
   */
  fill(text: string, ...path: FieldPath): string
  /** The same of a text that may be left out; null, which takes the field away, becomes empty text. */
  fillIfAny(text: string | null | undefined, ...path: FieldPath): string | undefined
  /** A field's place for messages, as in `lambdactl.yaml:7:13 functions.checkout.memory`. */
  place(...path: FieldPath): string
  below(...path: FieldPath): Position
}

/** @param origin the path in the file of a field of the function */
export function positionOf(
  directory: string,
  scope: Scope,
  origin: (field: FieldPath) => FieldPath,
): Position {
  return {
    directory,
    fill: (text, ...path) => interpolate(text, scope, origin(path)),
    fillIfAny: (text, ...path) => (text === null ? '' : text && interpolate(text, scope, origin(path))),
    place: (...path) => scope.place(origin(path)),
    below: (...path) => positionOf(directory, scope, (field) => origin([...path, ...field])),
  }
}

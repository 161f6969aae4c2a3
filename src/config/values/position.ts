import type { FieldPath } from './field-path.ts'
import { interpolate, type Scope } from './interpolate.ts'

/** A field of a function in the file: texts there and below are filled in, and messages name it. */
export interface Position {
  /** The folder that holds the file, absolute; paths in it are relative to that. */
  readonly directory: string
  /**
   * Fills `${…}` in.
   *
   * @param path from here down to the text
   * @throws LambdactlError CONFIG_INVALID with the field's place, for what isn't there or an unknown form
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

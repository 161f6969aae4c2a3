import type { ConfigFields } from '../schema/config.ts'
import type { FieldPath } from '../values/field-path.ts'

/** A file and its present content. */
export interface ConfigFile {
  /** Absolute. */
  readonly path: string
  /** A SHA-256 over path and content, hex; it changes with each change. */
  readonly fingerprint: string
}

/** A valid `lambdactl.yaml`. */
export interface Config extends ConfigFields {
  readonly file: ConfigFile
  /** The file's name in messages. */
  readonly shownAs: string
  /** The absolute path of the folder that holds the file; `source` and `smoke.event` are relative to it. */
  readonly directory: string
  /** A field's place for messages, as in `lambdactl.yaml:7:13 functions.checkout.memory`. */
  readonly place: (field: FieldPath) => string
}

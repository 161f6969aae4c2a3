import type { ConfigFields } from '../schema/config.ts'
import type { FieldPath } from '../values/field-path.ts'

/** A file, and what it says now. */
export interface ConfigFile {
  /** Absolute. */
  readonly path: string
  /** A SHA-256 over path and content, hex: another one for each change. */
  readonly fingerprint: string
}

/** A valid `lambdactl.yaml`. */
export interface Config extends ConfigFields {
  readonly file: ConfigFile
  /** The folder that holds the file, absolute; `source` and `smoke.event` are relative to it. */
  readonly directory: string
  /** A field's place for messages, as in `lambdactl.yaml:7:13 functions.checkout.memory`. */
  readonly place: (field: FieldPath) => string
}

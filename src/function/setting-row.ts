import type { FunctionSettings } from './settings.ts'

/** A row of the table: all that is the same about one setting wherever it is met. */
export interface Setting<Value> {
  /** AWS's value for a function that nobody gave one, and what an answer of AWS means that does not say it. */
  readonly default: Value
  /**
   * The meaning of a file that leaves the setting out. Absent: AWS's default. `kept`: the function keeps what it has, which
   * somebody else may have set up. Else the value that lambdactl gives.
   */
  readonly leftOut?: 'kept' | ((of: Partial<FunctionSettings>) => Value)
  /** The setting goes to AWS with the code. */
  readonly withCode?: true
  /** Words for a function with a setting that it has from its creation or never, and why that is so. */
  readonly sinceCreation?: { readonly with: string; readonly why: string }
  /** By the names that changes have. */
  readonly fields: Readonly<Record<string, SettingField<Value>>>
}

/** A field of the file that gives a setting, or one part of it. */
export interface SettingField<Value> {
  /** AWS's name of it, as in `TracingConfig.Mode`; of a map's members each one's. */
  readonly aws: AwsNames
  /** Its path in the file, where a change calls it by another name. */
  readonly path?: string
  /** The value as a change tells it; absent: as it is. `names`: its values may be secrets, and a change tells names alone. */
  readonly told?: 'names' | ((value: Value) => Told)
  readonly unit?: 'MB' | 's'
  /** The value as the file has it, null where that takes it away; absent: as it is. */
  readonly written?: (value: Value, lambdaName: string) => unknown
  /** A version's own says something else, so it is compared in $LATEST alone. */
  readonly ofLatest?: true
  /** Words after the field's name in the docs. */
  readonly note?: string
}

export type Told = string | number | readonly string[]

/** Several where AWS has several names for it. */
export type AwsNames = string | readonly string[] | { readonly [member: string]: string }

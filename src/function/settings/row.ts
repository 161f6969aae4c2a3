import type { FunctionSettings } from './settings.ts'

/** A row of the table: the facts about one setting that hold everywhere. */
export interface Setting<Value> {
  /** AWS's value if nobody set one; also the meaning of an answer that lacks the setting. */
  readonly default: Value
  /**
   * The meaning of a file that leaves the setting out. Absent: AWS's default. `kept`: the function keeps its value,
   * which somebody else may have set. Otherwise: the value that lambdactl sets.
   */
  readonly leftOut?: 'kept' | ((of: Partial<FunctionSettings>) => Value)
  /** The same in words for the docs, where `leftOut` does not tell all. */
  readonly leftOutWords?: string
  /** The setting goes to AWS with the code. */
  readonly withCode?: true
  /** Words for a function with a setting that exists from its creation or never, and the reason. */
  readonly sinceCreation?: { readonly with: string; readonly why: string }
  /** By their names in changes. */
  readonly fields: Readonly<Record<string, SettingField<Value>>>
}

/** A field of the file that sets a setting, or one part of it. */
export interface SettingField<Value> {
  /** AWS's name, as in `TracingConfig.Mode`; for a map, the name of each member. */
  readonly aws: AwsNames
  /** Its path in the file, if a change uses another name. */
  readonly path?: string
  /** The value in a change; absent: unchanged. `names`: the values may be secrets, so a change shows only names. */
  readonly told?: 'names' | ((value: Value) => Told)
  readonly unit?: 'MB' | 's'
  /** The value in the file, null if it removes the setting; absent: unchanged. */
  readonly written?: (value: Value, lambdaName: string) => unknown
  /** A version's own value means something else, so only $LATEST is compared. */
  readonly ofLatest?: true
  /** Words after the field's name in the docs. */
  readonly note?: string
}

/** A value as AWS has it, in the unit of its setting. */
export type Told = string | number | readonly string[]

/** Several if AWS has several names for it. */
export type AwsNames = string | readonly string[] | { readonly [member: string]: string }

import type { LifecycleRule, TransitionDefaultMinimumObjectSize } from '@aws-sdk/client-s3'

/** A value as JSON keeps it: dates are texts. */
type InJson<Value> = Value extends Date
  ? string
  : Value extends readonly (infer Item)[]
    ? InJson<Item>[]
    : Value extends object
      ? { [Name in keyof Value]: InJson<Value[Name]> }
      : Value

/** A rule as it was put, with an id. */
export type KeptRule = InJson<LifecycleRule>

/** The lifecycle of a bucket's objects. */
export interface Lifecycle {
  rules: readonly KeptRule[]
  /** Which objects below 128 KiB stay where they are, if a rule has no size of its own. */
  minimum: TransitionDefaultMinimumObjectSize
}

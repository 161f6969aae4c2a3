/**
 * The settings that are attached to a function or its alias, and belong to no version. Among wanted settings, absent
 * means unchanged.
 */
export interface FunctionAttachments {
  readonly retention?: LogRetention
  /** All that the function has. */
  readonly tags?: Readonly<Record<string, string>>
  /** Concurrent executions; null: none are reserved. */
  readonly reservedConcurrency?: number | null
  readonly recursion?: Recursion
  /** The ARN of a code signing configuration; empty: none. */
  readonly codeSigning?: string
  /** Of the version that the alias serves. */
  readonly runtimeUpdates?: RuntimeUpdates
  /** Of the alias. */
  readonly async?: AsyncInvocation
  /** Of the alias; null: it has none. */
  readonly url?: FunctionUrl | null
}

export interface LogRetention {
  readonly logGroup: string
  /** Null: for ever. */
  readonly days: number | null
}

/** Lambda's reaction to a detected loop. */
export type Recursion = 'allow' | 'terminate'

/** When a version gets another version of its runtime. */
export interface RuntimeUpdates {
  readonly on: 'auto' | 'function-update' | 'manual'
  /** The ARN of the fixed runtime version for `manual`; else empty. */
  readonly version: string
}

/** The retries and destinations of asynchronous events; an empty destination means none. */
export interface AsyncInvocation {
  readonly retries: number
  readonly maximumAgeSeconds: number
  readonly onSuccess: string
  readonly onFailure: string
}

export interface FunctionUrl {
  readonly auth: 'iam' | 'none'
  readonly invokeMode: 'buffered' | 'stream'
  readonly cors: Cors
}

/** Empty values are not sent to browsers. */
export interface Cors {
  readonly origins: readonly string[]
  readonly methods: readonly string[]
  readonly headers: readonly string[]
  readonly exposeHeaders: readonly string[]
  readonly maxAgeSeconds: number
  readonly credentials: boolean
}

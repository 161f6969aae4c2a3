import type { FunctionConfiguration } from '@aws-sdk/client-lambda'

/** The target of an invocation: $LATEST or a published version, with its unpacked code. */
export interface ExecutionTarget {
  /** As GetFunctionConfiguration answers; `Version` is `$LATEST` or a number, `FunctionArn` is there and unqualified. */
  configuration: FunctionConfiguration
  /** A folder with the unpacked package; never written to. */
  codeDirectory: string
}

export interface Invocation {
  requestId: string
  payload: Uint8Array
  /** The ARN as the caller named it, with its qualifier; handlers see it as `invokedFunctionArn`. */
  invokedArn: string
  /** The qualifier of the call: an alias or a version; undefined for none. Decides the metrics' dimensions. */
  qualifier: string | undefined
  /** Base64, as in the X-Amz-Client-Context header. */
  clientContext?: string | undefined
}

export interface Outcome {
  payload: Uint8Array
  /** AWS answers `Unhandled` for everything that the function itself failed with. */
  functionError?: 'Unhandled'
  /** The last 4 KB of the invocation's log, not yet base64. */
  logTail: string
}

/** Why an invocation was refused before it ran. */
export type ThrottleReason =
  | 'ReservedFunctionConcurrentInvocationLimitExceeded'
  | 'ConcurrentInvocationLimitExceeded'

export class ThrottledError extends Error {
  override readonly name = 'ThrottledError'
  readonly reason: ThrottleReason

  constructor(reason: ThrottleReason) {
    super('Rate Exceeded.')
    this.reason = reason
  }
}

/** How provisioned environments of a version stand. */
export interface Provisioned {
  requested: number
  available: number
  allocated: number
  /** Set when an environment failed in its INIT phase. */
  failure?: string
}

/** Runs handlers: one child process an execution environment, as Lambda does. `functionArn` is unqualified. */
export interface Executor {
  /**
   * Runs one event on a free environment of the target, or on a new one.
   *
   * @throws ThrottledError when the function is at its reserved limit or the account at its own in that Region
   */
  invoke(target: ExecutionTarget, invocation: Invocation): Promise<Outcome>
  /** Sets a function's reserved concurrency; undefined removes it. */
  reserve(functionArn: string, limit: number | undefined): void
  /** Starts warming `count` environments of a version; 0 releases them. `provisioned` tells how far it is. */
  provision(target: ExecutionTarget, count: number): void
  provisioned(functionArn: string, version: string): Provisioned | undefined
  /** Ends the environments of a function's version ($LATEST after an update), or of all its versions. */
  retire(functionArn: string, version?: string): void
  /** Kills every environment and waits until each is gone. */
  close(): Promise<void>
}

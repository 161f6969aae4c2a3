import type { FunctionConfiguration } from '@aws-sdk/client-lambda'

/** The version that an invocation runs, $LATEST or a published one, with its unpacked code. */
export interface ExecutionTarget {
  /**
   * As GetFunctionConfiguration returns it; `Version` is `$LATEST` or a number, `FunctionArn` is present and
   * unqualified.
   */
  configuration: FunctionConfiguration
  /** A folder with the unpacked package; read-only. */
  codeDirectory: string
  /** A folder with the files of its layers; read-only. */
  layersDirectory?: string
}

export interface Invocation {
  requestId: string
  payload: Uint8Array
  /** The caller's ARN with its qualifier; handlers see it as `invokedFunctionArn`. */
  invokedArn: string
  /** The caller's qualifier, an alias or a version; undefined for none. It decides about the metrics' dimensions. */
  qualifier: string | undefined
  /** Base64, as in the X-Amz-Client-Context header. */
  clientContext?: string | undefined
  /** Gets the parts of an answer that the handler streams; the outcome's payload is then empty. */
  onChunk?: OnChunk | undefined
}

/** @param contentType as the handler has set it for its stream */
export type OnChunk = (chunk: Uint8Array, contentType: string | undefined) => void

export interface Outcome {
  payload: Uint8Array
  /** AWS returns `Unhandled` for every failure of the function itself. */
  functionError?: 'Unhandled'
  /** The last 4 KB of the invocation's log, not yet base64. */
  logTail: string
}

/** The reason why an invocation was refused before it ran. */
export type ThrottleReason =
  | 'ReservedFunctionConcurrentInvocationLimitExceeded'
  | 'ConcurrentInvocationLimitExceeded'
  | 'ReservedFunctionInvocationRateLimitExceeded'
  | 'FunctionInvocationRateLimitExceeded'

export class ThrottledError extends Error {
  override readonly name = 'ThrottledError'
  readonly reason: ThrottleReason

  constructor(reason: ThrottleReason) {
    super('Rate Exceeded.')
    this.reason = reason
  }
}

/** The state of a version's provisioned environments. */
export interface Provisioned {
  requested: number
  available: number
  allocated: number
  /** Set if an environment failed in its INIT phase. */
  failure?: string
}

/** A fault of an execution environment: it can't be provisioned, or it is killed while it runs. */
type EnvironmentFault = 'fail-provisioning' | 'kill'

/** Tells whether a fault strikes an environment now, by the names of its function. */
export type StrikeEnvironment = (kind: EnvironmentFault, names: readonly string[]) => boolean

/** Runs handlers: one child process for each execution environment, as on Lambda. `functionArn` is unqualified. */
export interface Executor {
  /**
   * Runs one event in a free environment of the target, or in a new one.
   *
   * @throws ThrottledError if the function is at its reserved limit, or the account at its limit in the Region
   */
  invoke(target: ExecutionTarget, invocation: Invocation): Promise<Outcome>
  /** Sets a function's reserved concurrency; undefined removes it. */
  reserve(functionArn: string, limit: number | undefined): void
  /** Starts warming `count` environments of a version; 0 releases them. `provisioned` returns the progress. */
  provision(target: ExecutionTarget, count: number): void
  provisioned(functionArn: string, version: string): Provisioned | undefined
  /** The number of environments that are alive. */
  environments(): number
  /** Kills the environments whose function and version are meant by these names: free ones, and busy ones that strike. */
  kill(isMeant: (names: readonly string[]) => boolean): void
  /** Ends the environments of a function's version ($LATEST after an update), or of all versions. */
  retire(functionArn: string, version?: string): void
  /** Kills every environment and waits until each is gone. */
  close(): Promise<void>
}

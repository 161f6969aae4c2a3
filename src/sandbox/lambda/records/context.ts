import type { Executor } from '../../execution/model/executor.ts'
import type { ReadObject } from '../../s3/service.ts'
import type { KeptMap } from '../../state/kept-map.ts'
import type { CodeStore } from '../code/code-store.ts'
import type { Downloads } from '../code/downloads.ts'
import type { AsyncInvocations, PendingEvent } from './pending-event.ts'
import type { FunctionStore } from './records.ts'
import type { Timers } from './timers.ts'

/** The means of Lambda's operations. */
export interface LambdaContext {
  store: FunctionStore
  code: CodeStore
  downloads: Downloads
  readObject: ReadObject
  executor: Executor
  timers: Timers
  /** Asynchronous invocations that are not done, by request id. */
  events: KeptMap<PendingEvent>
  /** Takes an asynchronous invocation on. */
  accept: AsyncInvocations['accept']
  account: string
  /** Milliseconds since the epoch. */
  clock: () => number
  /** Uniform in [0, 1): decides where a weighted alias sends an invocation. */
  random: () => number
  /** How long a creation or an update takes, in milliseconds. */
  updateDelayMs: number
  /** Delays before the retries of an asynchronous invocation that failed, in milliseconds. */
  retryDelaysMs: readonly number[]
}

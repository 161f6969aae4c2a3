import type { Delivery } from '../../delivery/parcel.ts'
import type { Executor } from '../../execution/model/executor.ts'
import type { MayAssume } from '../../iam/policy/principal.ts'
import type { ReadObject, WriteObject } from '../../s3/service.ts'
import type { QueueReader } from '../../sqs/reader.ts'
import type { KeptMap } from '../../state/kept-map.ts'
import type { StreamReaders } from '../../streams/stream-reader.ts'
import type { MetricSink } from '../../telemetry.ts'
import type { CodeStore } from '../code/code-store.ts'
import type { Downloads } from '../code/downloads.ts'
import type { CheckpointStore } from './checkpoints.ts'
import type { LayerStore } from './layers.ts'
import type { MappingStore } from './mappings.ts'
import type { AsyncInvocations, PendingEvent } from './pending-event.ts'
import type { FunctionStore } from './records.ts'
import type { Timers } from './timers.ts'

/** The dependencies of Lambda's operations. */
export interface LambdaContext {
  store: FunctionStore
  layers: LayerStore
  mappings: MappingStore
  checkpoints: CheckpointStore
  code: CodeStore
  downloads: Downloads
  readObject: ReadObject
  writeObject: WriteObject
  queues: QueueReader
  streams: StreamReaders
  delivery: Delivery
  mayAssume: MayAssume
  executor: Executor
  metrics: MetricSink
  timers: Timers
  /** Unfinished asynchronous invocations, by request id. */
  events: KeptMap<PendingEvent>
  /** Accepts an asynchronous invocation. */
  accept: AsyncInvocations['accept']
  /** Begins to read the source of an event source mapping that is enabled. */
  poll: (uuid: string) => void
  account: string
  /** Milliseconds since the epoch. */
  clock: () => number
  /** Uniform in [0, 1): chooses the version for an invocation of a weighted alias. */
  random: () => number
  /** The duration of a creation or an update, in milliseconds. */
  updateDelayMs: number
  /** Delays before the retries of a failed asynchronous invocation, in milliseconds. */
  retryDelaysMs: readonly number[]
}

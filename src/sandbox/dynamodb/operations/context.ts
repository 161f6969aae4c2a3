import type { Call } from '../../protocol/service.ts'
import type { Engine } from '../engine/engine.ts'
import type { StreamStore } from '../streams/stream-store.ts'
import type { TimesToLive } from '../time-to-live.ts'

/** The tables with their streams and times to live. */
export interface TablesContext {
  /** The tables of the Region of a request. */
  engine: (call: Pick<Call, 'region' | 'account'>) => Engine
  streams: StreamStore
  timesToLive: TimesToLive
  /** Milliseconds since the epoch. */
  clock: () => number
}

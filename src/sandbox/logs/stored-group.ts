import type { StoredEvent } from './events.ts'

export interface Stream {
  name: string
  created: number
  /** In the order of time. */
  events: StoredEvent[]
  lastIngestion?: number | undefined
}

export interface Group {
  region: string
  name: string
  created: number
  retentionInDays?: number | undefined
  streams: Map<string, Stream>
  /** The events of all streams, in the order of time. */
  events: StoredEvent[]
  /** Bytes, as `sizeOf` counts them. */
  stored: number
}

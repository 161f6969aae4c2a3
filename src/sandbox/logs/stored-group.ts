import type { StoredEvent } from './events.ts'

export interface Stream {
  name: string
  created: number
  /** In the order of time. */
  events: StoredEvent[]
  lastIngestion?: number | undefined
}

/** The settings of a group that can be changed. */
export interface GroupSettings {
  retentionInDays?: number | undefined
  kmsKeyId?: string | undefined
  logGroupClass?: string | undefined
  deletionProtectionEnabled?: boolean | undefined
  tags?: Readonly<Record<string, string>> | undefined
}

export interface Group extends GroupSettings {
  region: string
  name: string
  created: number
  streams: Map<string, Stream>
  /** The events of all streams, in the order of time. */
  events: StoredEvent[]
  /** Bytes, as `sizeOf` counts them. */
  stored: number
}

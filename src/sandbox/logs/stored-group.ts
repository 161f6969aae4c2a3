export interface Stream {
  /** Identifies the stream in the database. */
  id: number
  name: string
  created: number
  lastIngestion?: number | undefined
  /** The newest timestamp of its events. */
  last?: number | undefined
  /** Bytes of its events, as `sizeOf` counts them; 0 without events. */
  stored: number
}

/** The settings of a group that can be changed. */
export interface GroupSettings {
  retentionInDays?: number | undefined
  kmsKeyId?: string | undefined
  logGroupClass?: string | undefined
  deletionProtectionEnabled?: boolean | undefined
  tags?: Readonly<Record<string, string>> | undefined
}

/** A group. Its events are in the database. */
export interface Group extends GroupSettings {
  /** Identifies the group in the database. */
  id: number
  region: string
  name: string
  created: number
  /** By name. */
  streams: Map<string, Stream>
  /** By the streams' ids. */
  streamNames: Map<number, string>
  /** Bytes of the events of all streams. */
  stored: number
  /** A timestamp that none of its events is older than. */
  oldest: number
}

import type { LogLine, LogSink } from '../telemetry.ts'
import { noGroup, noStream } from './errors.ts'
import { insert, type StoredEvent, sizeOf } from './events.ts'
import { loadGroup, type SavedLogs, saveGroup } from './log-snapshot.ts'

export interface Stream {
  name: string
  created: number
  /** In the order of time. */
  events: StoredEvent[]
  lastIngestion?: number | undefined
}

export interface Group {
  name: string
  created: number
  retentionInDays?: number | undefined
  streams: Map<string, Stream>
  /** Those of all streams, in the order of time. */
  events: StoredEvent[]
  /** Bytes, as `sizeOf` counts them. */
  stored: number
}

/** A group keeps its newest events, and its newest bytes; it bounds the memory. */
const mostEventsOfGroup = 500_000
const mostBytesOfGroup = 128 * 1024 * 1024

/** All log groups, the same in every Region. */
export interface LogStore extends LogSink {
  readonly groups: Map<string, Group>
  addGroup(name: string): Group
  addStream(group: Group, name: string): Stream
  removeStream(group: Group, name: string): void
  append(group: Group, stream: Stream, lines: readonly LogLine[]): void
  /** Throws ResourceNotFoundException. */
  group(name: string): Group
  /** Throws ResourceNotFoundException. */
  stream(group: Group, name: string): Stream
  snapshot(): SavedLogs
  restore(saved: SavedLogs): void
}

export function createLogStore(clock: () => number): LogStore {
  const groups = new Map<string, Group>()
  let sequence = 0

  const store: LogStore = {
    groups,
    addGroup(name) {
      const group = { name, created: clock(), streams: new Map(), events: [], stored: 0 }
      groups.set(name, group)
      return group
    },
    addStream(group, name) {
      const stream = { name, created: clock(), events: [] }
      group.streams.set(name, stream)
      return stream
    },
    removeStream(group, name) {
      const { events } = store.stream(group, name)
      group.streams.delete(name)
      group.events = group.events.filter((event) => event.stream !== name)
      group.stored -= events.reduce((bytes, event) => bytes + sizeOf(event), 0)
    },
    append(group, stream, lines) {
      const ingestionTime = clock()
      stream.lastIngestion = ingestionTime
      for (const { timestamp, message } of lines) {
        place(group, stream, { timestamp, ingestionTime, message, stream: stream.name, sequence: ++sequence })
      }
      trim(group)
    },
    group(name) {
      const group = groups.get(name)
      if (!group) throw noGroup()
      return group
    },
    stream(group, name) {
      const stream = group.streams.get(name)
      if (!stream) throw noStream()
      return stream
    },
    write(groupName, streamName, lines) {
      const group = groups.get(groupName) ?? store.addGroup(groupName)
      store.append(group, group.streams.get(streamName) ?? store.addStream(group, streamName), lines)
    },
    snapshot: () => ({ sequence, groups: Array.from(groups.values(), saveGroup) }),
    restore(saved) {
      sequence = saved.sequence
      for (const group of saved.groups) groups.set(group.name, loadGroup(group))
    },
  }
  return store
}

function place(group: Group, stream: Stream, event: StoredEvent): void {
  insert(group.events, event)
  insert(stream.events, event)
  group.stored += sizeOf(event)
}

/** Drops the oldest events, a tenth of the limit at a time since it takes a walk over all of them. */
function trim(group: Group): void {
  if (group.events.length <= mostEventsOfGroup * 1.1 && group.stored <= mostBytesOfGroup * 1.1) return
  let count = Math.max(0, group.events.length - mostEventsOfGroup)
  let kept = group.events.slice(count).reduce((bytes, event) => bytes + sizeOf(event), 0)
  for (; kept > mostBytesOfGroup; count += 1) kept -= sizeOf(group.events[count] ?? { message: '' })
  const dropped = new Set(group.events.splice(0, count))
  group.stored = kept
  for (const stream of group.streams.values()) {
    stream.events = stream.events.filter((event) => !dropped.has(event))
  }
}

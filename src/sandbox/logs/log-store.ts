import type { Delay } from '../faults/delays.ts'
import type { Persistent } from '../state/persistent.ts'
import type { LogLine, LogSink } from '../telemetry.ts'
import { noGroup, noStream } from './errors.ts'
import { type StoredEvent, sizeOf } from './events.ts'
import { createLogRecords, type LogRecords, place } from './log-records.ts'
import type { Group, GroupSettings, Stream } from './stored-group.ts'

/** A group keeps its newest events, up to a number and a size, to limit the memory. */
const mostEventsOfGroup = 500_000
const mostBytesOfGroup = 128 * 1024 * 1024

/** The log groups of a Region. */
export interface LogStore {
  /** By name. */
  readonly groups: Map<string, Group>
  addGroup(name: string): Group
  removeGroup(group: Group): void
  /** Changes the settings that are given; undefined takes one away. */
  change(group: Group, settings: GroupSettings): void
  addStream(group: Group, name: string): Stream
  removeStream(group: Group, name: string): void
  append(group: Group, stream: Stream, lines: readonly LogLine[]): void
  /** Calls the listener with each event that is appended; returns the function that ends this. */
  listen(listener: (group: Group, event: StoredEvent) => void): () => void
  /** Throws ResourceNotFoundException. */
  group(name: string): Group
  /** Throws ResourceNotFoundException. */
  stream(group: Group, name: string): Stream
}

/** The log groups of all Regions. */
export interface LogStores extends LogSink {
  of(region: string): LogStore
  readonly persistent: Persistent[]
}

/** The time, the delay of events, and the listeners that are called after a change. */
export interface Followers {
  /** Milliseconds since the epoch. */
  clock: () => number
  /** By the name of a group. */
  delay: Delay
  /** With the events of one request, all of one stream. */
  appended(group: Group, events: readonly StoredEvent[]): void
  /** With a group that was deleted. */
  removed(group: Group): void
}

export function createLogStores(followers: Followers): LogStores {
  const stores = new Map<string, LogStore>()
  const groupsOf = (region: string) => of(region).groups
  const records = createLogRecords(groupsOf, () => Array.from(stores.values(), ({ groups }) => groups))
  const of = (region: string): LogStore => {
    const store = stores.get(region) ?? createLogStore(region, records, followers)
    stores.set(region, store)
    return store
  }
  return {
    of,
    persistent: records.persistent,
    write(region, groupName, streamName, lines) {
      const store = of(region)
      const group = store.groups.get(groupName) ?? store.addGroup(groupName)
      store.append(group, group.streams.get(streamName) ?? store.addStream(group, streamName), lines)
    },
  }
}

function createLogStore(region: string, records: LogRecords, followers: Followers): LogStore {
  const { clock, delay } = followers
  const groups = new Map<string, Group>()
  const listeners = new Set<(group: Group, event: StoredEvent) => void>()
  const appendNow: LogStore['append'] = (group, stream, lines) => {
    const ingestionTime = clock()
    stream.lastIngestion = ingestionTime
    records.stream(group, stream)
    const appended = lines.map((line) => {
      const event = { ...line, ingestionTime, stream: stream.name, sequence: records.nextSequence() }
      place(group, event)
      records.event(group, event)
      for (const listener of listeners) listener(group, event)
      return event
    })
    trim(group, records)
    if (appended.length > 0) followers.appended(group, appended)
  }
  const store: LogStore = {
    groups,
    addGroup(name) {
      const group = { region, name, created: clock(), streams: new Map(), events: [], stored: 0 }
      groups.set(name, group)
      records.group(group)
      return group
    },
    removeGroup(group) {
      groups.delete(group.name)
      records.groupGone(group)
      followers.removed(group)
    },
    change(group, settings) {
      Object.assign(group, settings)
      records.group(group)
    },
    addStream(group, name) {
      const stream = { name, created: clock(), events: [] }
      group.streams.set(name, stream)
      records.stream(group, stream)
      return stream
    },
    removeStream(group, name) {
      const stream = store.stream(group, name)
      detach(group, stream)
      records.streamGone(group, stream)
    },
    append: (group, stream, lines) =>
      delay([group.name], () => {
        // A group that was deleted meanwhile loses the events that were late.
        if (groups.get(group.name)?.streams.get(stream.name) === stream) appendNow(group, stream, lines)
      }),
    listen(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    group: (name) => required(groups.get(name), noGroup),
    stream: (group, name) => required(group.streams.get(name), noStream),
  }
  return store
}

function required<Found>(found: Found | undefined, missing: () => Error): Found {
  if (found === undefined) throw missing()
  return found
}

function detach(group: Group, { name, events }: Stream): void {
  group.streams.delete(name)
  group.events = group.events.filter((event) => event.stream !== name)
  group.stored -= events.reduce((bytes, event) => bytes + sizeOf(event), 0)
}

/** Drops the oldest events. It drops a tenth of the limit at a time, since each time walks over all events. */
function trim(group: Group, records: LogRecords): void {
  if (group.events.length <= mostEventsOfGroup * 1.1 && group.stored <= mostBytesOfGroup * 1.1) return
  let count = Math.max(0, group.events.length - mostEventsOfGroup)
  let kept = group.events.slice(count).reduce((bytes, event) => bytes + sizeOf(event), 0)
  for (; kept > mostBytesOfGroup; count += 1) kept -= sizeOf(group.events[count] ?? { message: '' })
  const dropped = new Set(group.events.splice(0, count))
  for (const event of dropped) records.eventGone(event)
  group.stored = kept
  for (const stream of group.streams.values()) {
    stream.events = stream.events.filter((event) => !dropped.has(event))
  }
}

import type { Delay } from '../faults/delays.ts'
import type { Part } from '../state/persistent.ts'
import type { LogLine, LogSink } from '../telemetry.ts'
import { noGroup, noStream } from './errors.ts'
import { type StoredEvent, sizeOf } from './events.ts'
import { forgetExpired, keepNewest } from './storage/drop-events.ts'
import { createEventTable, type EventTable } from './storage/event-table.ts'
import { attach, createLogRecords, detach, emptyGroup, type LogRecords } from './storage/log-records.ts'
import type { Group, GroupSettings, Stream } from './stored-group.ts'

/** The log groups of a Region. */
export interface LogStore {
  /** By name. */
  readonly groups: Map<string, Group>
  readonly events: Pick<EventTable, 'inGroup' | 'inStream' | 'firstOf' | 'flush'>
  addGroup(name: string): Group
  removeGroup(group: Group): void
  /** Changes the settings that are given; undefined takes one away. */
  change(group: Group, settings: GroupSettings): void
  addStream(group: Group, name: string): Stream
  removeStream(group: Group, name: string): void
  append(group: Group, stream: Stream, lines: readonly LogLine[]): void
  /** Calls the listener with each event that is appended; returns the function that ends this. */
  listen(listener: Listener): () => void
  /** Throws ResourceNotFoundException. */
  group(name: string): Group
  /** Throws ResourceNotFoundException. */
  stream(group: Group, name: string): Stream
}

type Listener = (group: Group, event: StoredEvent) => void

/** The log groups of all Regions. */
export interface LogStores extends LogSink {
  of(region: string): LogStore
  /** Deletes events that are older than the retention of their group. */
  forget(now: number): void
  readonly persistent: Part[]
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
  /** The oldest events of a larger group are deleted. */
  mostBytesOfGroup?: number | undefined
}

/** Where groups, streams and events are kept. */
interface Storage {
  events: EventTable
  records: LogRecords
}

export function createLogStores(followers: Followers): LogStores {
  const stores = new Map<string, LogStore>()
  const events = createEventTable()
  const records = createLogRecords((region) => of(region).groups)
  const of = (region: string): LogStore => {
    const store = stores.get(region) ?? createLogStore(region, { events, records }, followers)
    stores.set(region, store)
    return store
  }
  return {
    of,
    persistent: [events, ...records.persistent],
    forget(now) {
      for (const { groups } of stores.values())
        for (const group of groups.values()) forgetExpired({ group, events, records }, now)
    },
    write(region, groupName, streamName, lines) {
      const store = of(region)
      const group = store.groups.get(groupName) ?? store.addGroup(groupName)
      store.append(group, group.streams.get(streamName) ?? store.addStream(group, streamName), lines)
    },
  }
}

function createLogStore(region: string, { events, records }: Storage, followers: Followers): LogStore {
  const { clock, delay } = followers
  const groups = new Map<string, Group>()
  const listeners = new Set<Listener>()
  const appendNow = appender({ events, records }, followers, listeners)
  const store: LogStore = {
    groups,
    events,
    addGroup(name) {
      const group = {
        id: records.nextId(),
        region,
        name,
        created: clock(),
        ...emptyGroup(),
        oldest: Infinity,
      }
      groups.set(name, group)
      records.group(group)
      return group
    },
    removeGroup(group) {
      groups.delete(group.name)
      events.removeGroup(group)
      records.groupGone(group)
      followers.removed(group)
    },
    change(group, settings) {
      Object.assign(group, settings)
      records.group(group)
    },
    addStream(group, name) {
      const stream = { id: records.nextId(), name, created: clock(), stored: 0 }
      attach(group, stream)
      records.stream(group, stream)
      return stream
    },
    removeStream(group, name) {
      const stream = store.stream(group, name)
      detach(group, name)
      events.removeStream(stream)
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

/** Appends lines and tells all who follow. */
function appender(
  { events, records }: Storage,
  followers: Followers,
  listeners: ReadonlySet<Listener>,
): LogStore['append'] {
  return (group, stream, lines) => {
    const ingestionTime = followers.clock()
    stream.lastIngestion = ingestionTime
    records.stream(group, stream)
    const added = lines.map((line) => {
      const event = { ...line, ingestionTime, stream: stream.name, sequence: events.nextSequence() }
      events.add(group, stream, event)
      count(group, stream, event)
      for (const listener of listeners) listener(group, event)
      return event
    })
    keepNewest({ group, events, records }, followers.mostBytesOfGroup)
    if (added.length > 0) followers.appended(group, added)
  }
}

function required<Found>(found: Found | undefined, missing: () => Error): Found {
  if (found === undefined) throw missing()
  return found
}

/** Counts an event that is added. */
function count(group: Group, stream: Stream, event: StoredEvent): void {
  const size = sizeOf(event)
  stream.stored += size
  group.stored += size
  stream.last = Math.max(stream.last ?? 0, event.timestamp)
  group.oldest = Math.min(group.oldest, event.timestamp)
}

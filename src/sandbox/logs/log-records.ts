import { Changes } from '../state/changes.ts'
import type { Persistent, Row } from '../state/persistent.ts'
import { insert, type StoredEvent, sizeOf } from './events.ts'
import type { Group, GroupSettings, Stream } from './stored-group.ts'

type SavedGroup = Pick<Group, 'created'> & GroupSettings
type SavedStream = Pick<Stream, 'created' | 'lastIngestion'>
/** `[group with its Region, stream, timestamp, ingestionTime, message]` */
type SavedEvent = [string, string, number, number, string]

/** Collects the changes of the logs, and restores them: groups, streams and events are separate records. */
export interface LogRecords {
  /** In the order of restoring: groups, streams, events. */
  persistent: Persistent[]
  /** The sequence of the next event. */
  nextSequence(): number
  group(group: Group): void
  groupGone(group: Group): void
  stream(group: Group, stream: Stream): void
  streamGone(group: Group, stream: Stream): void
  event(group: Group, event: StoredEvent): void
  eventGone(event: StoredEvent): void
}

/** The groups of a Region by name. */
type GroupsOf = (region: string) => Map<string, Group>

export function createLogRecords(groupsOf: GroupsOf, all: () => Map<string, Group>[]): LogRecords {
  let sequence = 0
  const changes = {
    groups: new Changes<Group>(
      ({
        region: _,
        name: _name,
        streams: _streams,
        events: _events,
        stored: _stored,
        ...saved
      }): SavedGroup => saved,
    ),
    streams: new Changes<Stream>(({ created, lastIngestion }): SavedStream => ({ created, lastIngestion })),
    events: new Changes<{ group: Group; event: StoredEvent }>(
      ({ group, event }): SavedEvent => [
        groupKey(group),
        event.stream,
        event.timestamp,
        event.ingestionTime,
        event.message,
      ],
    ),
  }
  const records: LogRecords = {
    nextSequence: () => (sequence += 1),
    group: (group) => changes.groups.note(groupKey(group), group),
    groupGone(group) {
      changes.groups.note(groupKey(group), undefined)
      for (const stream of group.streams.values()) records.streamGone(group, stream)
    },
    stream: (group, stream) => changes.streams.note(streamKey(group, stream), stream),
    streamGone(group, stream) {
      changes.streams.note(streamKey(group, stream), undefined)
      for (const event of stream.events) records.eventGone(event)
    },
    event: (group, event) => changes.events.note(eventKey(event), { group, event }),
    eventGone: (event) => changes.events.note(eventKey(event), undefined),
    persistent: [
      {
        kind: 'log-group',
        changes: () => changes.groups.take(),
        apply: (rows) => applyGroups(groupsOf, rows),
      },
      {
        kind: 'log-stream',
        changes: () => changes.streams.take(),
        apply: (rows) => applyStreams(groupsOf, rows),
      },
      {
        kind: 'log-event',
        changes: () => changes.events.take(),
        apply(rows) {
          sequence = Math.max(sequence, applyEvents(groupsOf, all, rows))
        },
      },
    ],
  }
  return records
}

/** The separator is a colon, which neither part has. */
function groupKey({ region, name }: Group): string {
  return `${region}:${name}`
}

/** The separator is a colon, which neither part has. */
function streamKey(group: Group, stream: Stream): string {
  return `${groupKey(group)}:${stream.name}`
}

/** The keys sort like the numbers. */
function eventKey({ sequence }: StoredEvent): string {
  return String(sequence).padStart(16, '0')
}

function applyGroups(groupsOf: GroupsOf, rows: Iterable<Row>): void {
  for (const [key, record] of rows) {
    const [region = '', name = ''] = key.split(':')
    const groups = groupsOf(region)
    if (record === undefined) {
      groups.delete(name)
      continue
    }
    const { streams, events, stored } = groups.get(name) ?? { streams: new Map(), events: [], stored: 0 }
    groups.set(name, { region, name, streams, events, stored, ...(record as SavedGroup) })
  }
}

function applyStreams(groupsOf: GroupsOf, rows: Iterable<Row>): void {
  for (const [key, record] of rows) {
    const [region = '', groupName = '', name = ''] = key.split(':')
    const streams = groupsOf(region).get(groupName)?.streams
    if (record === undefined) streams?.delete(name)
    else {
      const { events } = streams?.get(name) ?? { events: [] }
      streams?.set(name, { name, events, ...(record as SavedStream) })
    }
  }
}

/** @returns the highest sequence among the rows */
function applyEvents(groupsOf: GroupsOf, all: () => Map<string, Group>[], rows: Iterable<Row>): number {
  const gone = new Set<number>()
  const groupOf = memoised(groupsOf)
  let highest = 0
  for (const [key, record] of rows) {
    const sequence = Number(key)
    highest = Math.max(highest, sequence)
    if (record === undefined) {
      gone.add(sequence)
      continue
    }
    const [ofGroup, stream, timestamp, ingestionTime, message] = record as SavedEvent
    const group = groupOf(ofGroup)
    // The name of the stream, not a copy of it for each event.
    const name = group?.streams.get(stream)?.name ?? stream
    if (group) place(group, { timestamp, ingestionTime, message, stream: name, sequence })
  }
  if (gone.size > 0) for (const groups of all()) for (const group of groups.values()) drop(group, gone)
  return highest
}

/** Finds groups by their keys; each key is looked up once, since a group has up to half a million events. */
function memoised(groupsOf: GroupsOf): (key: string) => Group | undefined {
  const found = new Map<string, Group | undefined>()
  return (key) => {
    const known = found.get(key)
    if (known) return known
    const [region = '', name = ''] = key.split(':')
    const group = groupsOf(region).get(name)
    found.set(key, group)
    return group
  }
}

/** Puts an event into its group and its stream. */
export function place(group: Group, event: StoredEvent): void {
  insert(group.events, event)
  insert(group.streams.get(event.stream)?.events ?? [], event)
  group.stored += sizeOf(event)
}

function drop(group: Group, gone: ReadonlySet<number>): void {
  const stays = ({ sequence }: StoredEvent) => !gone.has(sequence)
  group.events = group.events.filter(stays)
  group.stored = group.events.reduce((bytes, event) => bytes + sizeOf(event), 0)
  for (const stream of group.streams.values()) stream.events = stream.events.filter(stays)
}

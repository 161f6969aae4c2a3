import { Changes } from '../../state/changes.ts'
import type { Persistent, Row } from '../../state/persistent.ts'
import type { Group, GroupSettings, Stream } from '../stored-group.ts'

type SavedGroup = Pick<Group, 'id' | 'created'> & GroupSettings
type SavedStream = Omit<Stream, 'name'>

/** Collects the changes of groups and streams, and restores them. Each is a record of its own. */
export interface LogRecords {
  /** In the order of restoring: groups, streams. */
  persistent: Persistent[]
  /** Identifies a new group or a new stream. */
  nextId(): number
  group(group: Group): void
  groupGone(group: Group): void
  stream(group: Group, stream: Stream): void
  streamGone(group: Group, stream: Stream): void
}

/** The groups of a Region by name. */
type GroupsOf = (region: string) => Map<string, Group>

export function createLogRecords(groupsOf: GroupsOf): LogRecords {
  let lastId = 0
  const groups = new Changes<Group>(savedGroup)
  const streams = new Changes<Stream>(({ name: _, ...saved }): SavedStream => saved)
  const restored = ({ id }: { id: number }) => {
    lastId = Math.max(lastId, id)
  }
  const records: LogRecords = {
    nextId: () => (lastId += 1),
    group: (group) => groups.note(groupKey(group), group),
    groupGone(group) {
      groups.note(groupKey(group), undefined)
      for (const stream of group.streams.values()) records.streamGone(group, stream)
    },
    stream: (group, stream) => streams.note(streamKey(group, stream), stream),
    streamGone: (group, stream) => streams.note(streamKey(group, stream), undefined),
    persistent: [
      groups.keptAs('log-group', (rows) => applyGroups(groupsOf, rows, restored)),
      streams.keptAs('log-stream', (rows) => applyStreams(groupsOf, rows, restored)),
    ],
  }
  return records
}

function savedGroup({
  region: _,
  name: _name,
  streams: _streams,
  streamNames: _names,
  stored: _stored,
  oldest: _oldest,
  ...saved
}: Group): SavedGroup {
  return saved
}

/** The separator is a colon, which neither part has. */
function groupKey({ region, name }: Group): string {
  return `${region}:${name}`
}

/** The separator is a colon, which neither part has. */
function streamKey(group: Group, stream: Stream): string {
  return `${groupKey(group)}:${stream.name}`
}

function applyGroups(
  groupsOf: GroupsOf,
  rows: Iterable<Row>,
  restored: (saved: { id: number }) => void,
): void {
  for (const [key, record] of rows) {
    const [region = '', name = ''] = key.split(':')
    const groups = groupsOf(region)
    if (record === undefined) {
      groups.delete(name)
      continue
    }
    const { streams, streamNames, stored, oldest } = groups.get(name) ?? emptyGroup()
    const saved = record as SavedGroup
    restored(saved)
    groups.set(name, { region, name, streams, streamNames, stored, oldest, ...saved })
  }
}

/** A group without events. The oldest event of a restored group is not known. */
export function emptyGroup(): Pick<Group, 'streams' | 'streamNames' | 'stored' | 'oldest'> {
  return { streams: new Map(), streamNames: new Map(), stored: 0, oldest: 0 }
}

function applyStreams(
  groupsOf: GroupsOf,
  rows: Iterable<Row>,
  restored: (saved: { id: number }) => void,
): void {
  for (const [key, record] of rows) {
    const [region = '', groupName = '', name = ''] = key.split(':')
    const group = groupsOf(region).get(groupName)
    if (!group) continue
    detach(group, name)
    // A removal of its oldest events may have failed.
    group.oldest = 0
    if (record === undefined) continue
    const saved = record as SavedStream
    restored(saved)
    attach(group, { name, ...saved })
  }
}

/** Adds a stream to its group. */
export function attach(group: Group, stream: Stream): void {
  group.streams.set(stream.name, stream)
  group.streamNames.set(stream.id, stream.name)
  group.stored += stream.stored
}

/** Removes a stream from its group, if there is one of this name. */
export function detach(group: Group, name: string): void {
  const stream = group.streams.get(name)
  if (!stream) return
  group.streams.delete(name)
  group.streamNames.delete(stream.id)
  group.stored -= stream.stored
}

import type { DatabaseSync, StatementSync } from 'node:sqlite'
import type { Home, PersistentTable } from '../../state/persistent.ts'
import type { Place, StoredEvent } from '../events.ts'
import type { Group, Stream } from '../stored-group.ts'

/** A part of the order of events: `from` is inclusive, `to` exclusive. */
export interface Span {
  from: Place
  to: Place
}

/** An event that is about to be removed. */
export interface OldEvent extends Place {
  stream: string
  /** As `sizeOf` counts it. */
  size: number
}

/**
 * The log events of all groups. They stay in the database, ordered by group and time and by stream and time, so a read
 * takes as long as its span has events, and the memory does not grow with them.
 */
export interface EventTable extends PersistentTable {
  nextSequence(): number
  add(group: Group, stream: Stream, event: StoredEvent): void
  /** Writes the events so far, so that a request can tell whether that fails. */
  flush(): void
  /** In order, or from the newest on. */
  inGroup(group: Group, span: Span, isDescending?: boolean): Iterable<StoredEvent>
  /** In order, or from the newest on. */
  inStream(group: Group, stream: Stream, span: Span, isDescending?: boolean): Iterable<StoredEvent>
  /** The timestamp of the oldest event of a stream that has events. */
  firstOf(stream: Stream): number | undefined
  /** The events of a group, the oldest first. */
  oldest(group: Group): Iterable<OldEvent>
  /** Removes the events of a group up to this one. */
  removeTo(group: Group, last: Place): void
  removeStream(stream: Stream): void
  removeGroup(group: Group): void
}

const schema = `
  CREATE TABLE IF NOT EXISTS log_events (
    sequence INTEGER PRIMARY KEY, group_id INTEGER NOT NULL, stream_id INTEGER NOT NULL,
    timestamp INTEGER NOT NULL, ingestion_time INTEGER NOT NULL, message TEXT NOT NULL);
  CREATE INDEX IF NOT EXISTS log_events_of_group ON log_events (group_id, timestamp, sequence);
  CREATE INDEX IF NOT EXISTS log_events_of_stream ON log_events (stream_id, timestamp, sequence)`

export function createEventTable(): EventTable {
  let sequence = 0
  let home: (Home & { statements: Statements }) | undefined
  let waiting: ((statements: Statements) => void)[] = []
  const read = (): Statements => {
    if (!home) throw new Error('The log events have no database yet.')
    if (waiting.length > 0) home.commit()
    return home.statements
  }
  const later = (work: (statements: Statements) => void) => void waiting.push(work)
  return {
    attach(to) {
      to.database.exec(schema)
      home = { ...to, statements: prepare(to.database) }
      sequence = Math.max(sequence, Number(home.statements.last.get()?.['last'] ?? 0))
    },
    hasChanges: () => waiting.length > 0,
    write() {
      if (home) for (const work of waiting) work(home.statements)
      waiting = []
    },
    erase() {
      home?.database.exec('DELETE FROM log_events')
      waiting = []
    },
    discard() {
      waiting = []
    },
    nextSequence: () => (sequence += 1),
    add({ id }, stream, { sequence: number, timestamp, ingestionTime, message }) {
      later(({ add }) => add.run(number, id, stream.id, timestamp, ingestionTime, message))
    },
    flush() {
      if (waiting.length > 0) home?.commit()
    },
    *inGroup({ id, streamNames }, span, isDescending = false) {
      const { [isDescending ? 'inGroupDescending' : 'inGroup']: statement } = read()
      for (const row of statement.iterate(id, ...ends(span))) yield eventOf(row, streamNames)
    },
    *inStream({ streamNames }, { id }, span, isDescending = false) {
      const { [isDescending ? 'inStreamDescending' : 'inStream']: statement } = read()
      for (const row of statement.iterate(id, ...ends(span))) yield eventOf(row, streamNames)
    },
    firstOf({ id }) {
      const first = read().firstOf.get(id)?.['first']
      return first === undefined ? undefined : Number(first)
    },
    *oldest({ id, streamNames }) {
      for (const { timestamp, sequence: number, stream_id, size } of read().oldest.iterate(id)) {
        const stream = streamNames.get(Number(stream_id)) ?? ''
        yield { timestamp: Number(timestamp), sequence: Number(number), stream, size: Number(size) }
      }
    },
    removeTo: ({ id }, last) =>
      later(({ removeTo }) => removeTo.run(id, last.timestamp, last.timestamp, last.sequence)),
    removeStream: ({ id }) => later(({ removeStream }) => removeStream.run(id)),
    removeGroup: ({ id }) => later(({ removeGroup }) => removeGroup.run(id)),
  }
}

type Statements = ReturnType<typeof prepare>

function prepare(database: DatabaseSync) {
  const columns = 'sequence, stream_id, timestamp, ingestion_time, message'
  const span = '(timestamp, sequence) >= (?, ?) AND (timestamp, sequence) < (?, ?)'
  const inStream = `SELECT ${columns} FROM log_events WHERE stream_id = ? AND ${span}`
  const inGroup = `SELECT ${columns} FROM log_events WHERE group_id = ? AND ${span}`
  const order = 'ORDER BY timestamp, sequence'
  const descending = 'ORDER BY timestamp DESC, sequence DESC'
  const all = {
    last: 'SELECT max(sequence) AS last FROM log_events',
    add: 'INSERT INTO log_events VALUES (?, ?, ?, ?, ?, ?)',
    inGroup: `${inGroup} ${order}`,
    inGroupDescending: `${inGroup} ${descending}`,
    inStream: `${inStream} ${order}`,
    inStreamDescending: `${inStream} ${descending}`,
    firstOf: `SELECT timestamp AS first FROM log_events WHERE stream_id = ? ${order} LIMIT 1`,
    oldest: `SELECT timestamp, sequence, stream_id, octet_length(message) + 26 AS size
      FROM log_events WHERE group_id = ? ${order}`,
    // Without the first condition SQLite reads the whole group.
    removeTo:
      'DELETE FROM log_events WHERE group_id = ? AND timestamp <= ? AND (timestamp, sequence) <= (?, ?)',
    removeStream: 'DELETE FROM log_events WHERE stream_id = ?',
    removeGroup: 'DELETE FROM log_events WHERE group_id = ?',
  } as const
  const prepared = Object.entries(all).map(([name, sql]) => [name, database.prepare(sql)] as const)
  return Object.fromEntries(prepared) as Record<keyof typeof all, StatementSync>
}

function ends({ from, to }: Span): [number, number, number, number] {
  return [from.timestamp, from.sequence, to.timestamp, to.sequence]
}

function eventOf(row: Record<string, unknown>, streamNames: ReadonlyMap<number, string>): StoredEvent {
  return {
    timestamp: Number(row['timestamp']),
    ingestionTime: Number(row['ingestion_time']),
    message: String(row['message']),
    stream: streamNames.get(Number(row['stream_id'])) ?? '',
    sequence: Number(row['sequence']),
  }
}

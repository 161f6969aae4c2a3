import type { Group, Stream } from '../stored-group.ts'
import type { EventTable, OldEvent } from './event-table.ts'
import type { LogRecords } from './log-records.ts'

/** A group and the places where it is kept. */
export interface KeptGroup {
  group: Group
  events: EventTable
  records: LogRecords
}

/** A group keeps its newest 512 MB, to limit the disk. */
const mostBytes = 512 * 1024 * 1024

/** The most events that are removed at a time: nothing else runs meanwhile. */
const mostAtOnce = 10_000

const day = 24 * 3_600_000

/** Removes the oldest events of a group that has grown too large. */
export function keepNewest(kept: KeptGroup, most = mostBytes): void {
  if (kept.group.stored > most) drop(kept, () => kept.group.stored > most)
}

/** Removes events that are older than the retention of their group. */
export function forgetExpired(kept: KeptGroup, now: number): void {
  const { group } = kept
  const expiry = now - (group.retentionInDays ?? Infinity) * day
  if (group.oldest < expiry) drop(kept, ({ timestamp }) => timestamp < expiry)
}

/** Removes the oldest events while they are unwanted. */
function drop({ group, events, records }: KeptGroup, isUnwanted: (event: OldEvent) => boolean): void {
  const streams = new Set<Stream>()
  let last: OldEvent | undefined
  let count = 0
  group.oldest = Infinity
  for (const event of events.oldest(group)) {
    if (count === mostAtOnce || !isUnwanted(event)) {
      group.oldest = event.timestamp
      break
    }
    const stream = group.streams.get(event.stream)
    if (stream) streams.add(uncount(group, stream, event))
    last = event
    count += 1
  }
  if (last) events.removeTo(group, last)
  for (const stream of streams) records.stream(group, stream)
}

function uncount(group: Group, stream: Stream, { size }: OldEvent): Stream {
  group.stored -= size
  stream.stored -= size
  if (stream.stored === 0) stream.last = undefined
  return stream
}

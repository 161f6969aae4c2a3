import { sizeOf } from './events.ts'
import type { Group, Stream } from './log-store.ts'

/** An event as JSON: `[timestamp, ingestionTime, sequence, message]`. */
type SavedEvent = [number, number, number, string]

interface SavedGroup {
  name: string
  created: number
  retentionInDays?: number | undefined
  streams: { name: string; created: number; lastIngestion?: number | undefined; events: SavedEvent[] }[]
}

export interface SavedLogs {
  sequence: number
  groups: SavedGroup[]
}

/** A group as JSON; the order of all its events is made again by `loadGroup`. */
export function saveGroup({ name, created, retentionInDays, streams }: Group): SavedGroup {
  return {
    name,
    created,
    retentionInDays,
    streams: Array.from(streams.values(), (stream) => ({
      ...stream,
      events: stream.events.map(
        ({ timestamp, ingestionTime, sequence, message }): SavedEvent => [
          timestamp,
          ingestionTime,
          sequence,
          message,
        ],
      ),
    })),
  }
}

export function loadGroup({ streams, ...saved }: SavedGroup): Group {
  const group: Group = { ...saved, streams: new Map(), events: [], stored: 0 }
  for (const savedStream of streams) {
    const stream: Stream = { ...savedStream, events: [] }
    group.streams.set(stream.name, stream)
    for (const [timestamp, ingestionTime, sequence, message] of savedStream.events) {
      const event = { timestamp, ingestionTime, sequence, message, stream: stream.name }
      stream.events.push(event)
      group.events.push(event)
      group.stored += sizeOf(event)
    }
  }
  group.events.sort((left, right) => left.timestamp - right.timestamp || left.sequence - right.sequence)
  return group
}

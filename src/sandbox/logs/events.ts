/** A stored log event. Times are milliseconds since the epoch. */
export interface StoredEvent {
  timestamp: number
  ingestionTime: number
  message: string
  stream: string
  /** Numbers all events of the sandbox in the order of their arrival, from 1. */
  sequence: number
}

/** A place in the order of events: by timestamp, then by arrival. */
export interface Place {
  timestamp: number
  sequence: number
}

/** The place before all events of a moment. */
export function startOf(timestamp: number): Place {
  return { timestamp, sequence: 0 }
}

export function isBefore(event: Place, place: Place): boolean {
  if (event.timestamp !== place.timestamp) return event.timestamp < place.timestamp
  return event.sequence < place.sequence
}

/** Returns the size of an event in a page, as PutLogEvents counts it: its UTF-8 bytes and 26. */
export function sizeOf({ message }: { message: string }): number {
  return Buffer.byteLength(message) + 26
}

const placeText = /^(\d{16})(\d{40})$/

/** A place as 56 digits, the form of event ids and tokens. */
export function placeId({ timestamp, sequence }: Place): string {
  return String(timestamp).padStart(16, '0') + String(sequence).padStart(40, '0')
}

/** Reads a place from the text of `placeId`. */
export function parsePlace(text: string): Place | undefined {
  const match = placeText.exec(text)
  return match ? { timestamp: Number(match[1]), sequence: Number(match[2]) } : undefined
}

/** Unique and stable: 56 digits that sort like the events. AWS's ids do not start with 0. */
export function eventId(event: StoredEvent): string {
  return `3${placeId(event).slice(1)}`
}

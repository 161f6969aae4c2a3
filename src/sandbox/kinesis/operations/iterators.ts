/** The place in a shard from which somebody reads on. */
export interface Iterator {
  /** The id of the stream. */
  stream: string
  /** The index of the shard. */
  shard: number
  /** The sequence number of the last record before it. */
  position: string
  /** When it was given, milliseconds since the epoch. */
  at: number
}

/** The text of an iterator, which clients do not look into. */
export function writeIterator({ stream, shard, position, at }: Iterator): string {
  return Buffer.from(JSON.stringify([stream, shard, position, at])).toString('base64')
}

/** Undefined for a text that is no iterator. */
export function readIterator(text: string): Iterator | undefined {
  try {
    const [stream, shard, position, at] = JSON.parse(Buffer.from(text, 'base64').toString()) as unknown[]
    if (typeof stream !== 'string' || typeof shard !== 'number') return undefined
    if (typeof position !== 'string' || typeof at !== 'number') return undefined
    return { stream, shard, position, at }
  } catch {
    return undefined
  }
}

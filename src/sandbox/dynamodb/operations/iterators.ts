/** The place in a stream from which somebody reads on. */
export interface Iterator {
  /** The id of the stream. */
  stream: string
  /** The sequence number of the last record before it. */
  position: string
  /** When it was given, milliseconds since the epoch. */
  at: number
}

/** The text of an iterator: as in AWS it begins with the ARN of its stream, and clients do not look into the rest. */
export function writeIterator(arn: string, { stream, position, at }: Iterator): string {
  return `${arn}|1|${Buffer.from(JSON.stringify([stream, position, at])).toString('base64')}`
}

/** Undefined for a text that is no iterator. */
export function readIterator(text: string): Iterator | undefined {
  try {
    const [, , content = ''] = text.split('|')
    const [stream, position, at] = JSON.parse(Buffer.from(content, 'base64').toString()) as unknown[]
    if (typeof stream !== 'string' || typeof position !== 'string' || typeof at !== 'number') return undefined
    return { stream, position, at }
  } catch {
    return undefined
  }
}

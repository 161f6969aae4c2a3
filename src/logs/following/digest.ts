import { hash } from 'node:crypto'

/**
 * 52 bits of a text's SHA-1, which a number holds: remembered under its second, an event takes about 30 bytes. At 5,000
 * events a second, two events of one second agree once in ten years.
 */
export function digestOf(text: string): number {
  const bytes = hash('sha1', text, 'buffer')
  return bytes.readUIntBE(0, 6) * 16 + (bytes.readUInt8(6) >> 4)
}

/** The second of a time, for what is forgotten second by second. */
export function secondOf(time: number): number {
  return Math.floor(time / 1000)
}

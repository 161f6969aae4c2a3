import { hash, randomInt } from 'node:crypto'

/**
 * 52 bits of a text's SHA-1, which a number holds. At 5,000 events a second, two events of one second agree once in ten
 * years, and nobody can write two lines that agree.
 */
export function digestOf(text: string): number {
  const bytes = hash('sha1', text, 'buffer')
  return bytes.readUIntBE(0, 6) * 16 + (bytes.readUInt8(6) >> 4)
}

const seed = randomInt(2 ** 32)

/**
 * 53 bits of an event's id, which AWS chooses, so a digest without secrets is enough: cyrb53 (public domain) takes an
 * eighth of SHA-1's time. It differs from process to process, and is never 0.
 */
export function digestOfId(id: string): number {
  let high = 0xdeadbeef ^ seed
  let low = 0x41c6ce57 ^ seed
  for (let at = 0; at < id.length; at += 1) {
    const code = id.charCodeAt(at)
    high = Math.imul(high ^ code, 2654435761)
    low = Math.imul(low ^ code, 1597334677)
  }
  high = Math.imul(high ^ (high >>> 16), 2246822507) ^ Math.imul(low ^ (low >>> 13), 3266489909)
  low = Math.imul(low ^ (low >>> 16), 2246822507) ^ Math.imul(high ^ (high >>> 13), 3266489909)
  return 4294967296 * (2097151 & low) + (high >>> 0) || 1
}

/** The second of a time, for what is forgotten second by second. */
export function secondOf(time: number): number {
  return Math.floor(time / 1000)
}

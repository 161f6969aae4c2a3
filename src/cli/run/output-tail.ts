import type { Readable } from 'node:stream'
import { plain } from '../../ui/text/plain.ts'

/** Keeps the last bytes of several streams, in the order of their arrival, as plain text. */
export function outputTail(streams: readonly Readable[], keptBytes: number): () => string {
  let kept = Buffer.alloc(0)
  for (const stream of streams) {
    stream.on('data', (chunk: Buffer) => {
      kept = Buffer.concat([kept, chunk.subarray(-keptBytes)]).subarray(-keptBytes)
    })
  }
  return () => plain(wholeWords(kept, keptBytes).replace(/\r\n?/g, '\n'))
}

/** If the beginning was cut off, the first word may be incomplete, and half a secret would not be recognized. */
function wholeWords(kept: Buffer, keptBytes: number): string {
  const text = wholeCharacters(kept).toString('utf8')
  return kept.length < keptBytes ? text : text.replace(/^\S+/, '')
}

/** The cut may be within a UTF-8 character. */
function wholeCharacters(bytes: Buffer): Buffer {
  const start = bytes.findIndex((byte) => (byte & 0xc0) !== 0x80)
  return bytes.subarray(Math.max(0, start))
}

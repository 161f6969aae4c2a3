import type { Readable } from 'node:stream'
import { plain } from '../../ui/text/plain.ts'

/** Keeps the last bytes of what streams say, all together in the order of its coming, and gives them as plain text. */
export function outputTail(streams: readonly Readable[], keptBytes: number): () => string {
  let kept = Buffer.alloc(0)
  for (const stream of streams) {
    stream.on('data', (chunk: Buffer) => {
      kept = Buffer.concat([kept, chunk.subarray(-keptBytes)]).subarray(-keptBytes)
    })
  }
  return () => plain(wholeWords(kept, keptBytes).replace(/\r\n?/g, '\n'))
}

/** Where a beginning was cut off, a word may have been cut in two: half a secret is no text that is known to be one. */
function wholeWords(kept: Buffer, keptBytes: number): string {
  const text = wholeCharacters(kept).toString('utf8')
  return kept.length < keptBytes ? text : text.replace(/^\S+/, '')
}

/** UTF-8 may have been cut within its first character. */
function wholeCharacters(bytes: Buffer): Buffer {
  const start = bytes.findIndex((byte) => (byte & 0xc0) !== 0x80)
  return bytes.subarray(Math.max(0, start))
}

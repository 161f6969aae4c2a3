import { closeSync, openSync, readSync } from 'node:fs'

/** A longer line continues in the next event, since CloudWatch Logs limits the size of an event. */
export const longestLine = 256 * 1024

/**
 * The output of a child process, in a file that both its stdout and its stderr append to.
 *
 * A file has all output that was written before the runtime's answer, when the answer arrives. A pipe would deliver it
 * some time later, and nobody could tell whether it was complete.
 */
export interface Output {
  /** The file descriptor for the child's stdio. */
  readonly descriptor: number
  /** The file's absolute path. */
  readonly path: string
  /** The number of bytes read so far; the file keeps them until it is removed. */
  readonly size: number
  /** The lines that were completed since the last call. */
  lines(): string[]
  /** The lines since the last call, including an unfinished one at the end. */
  rest(): string[]
  close(): void
}

export function openOutput(path: string): Output {
  const descriptor = openSync(path, 'a+', 0o600)
  const chunk = Buffer.alloc(64 * 1024)
  let size = 0
  let pending: Buffer = Buffer.alloc(0)
  const readNew = () => {
    const parts = [pending]
    for (let read = readSync(descriptor, chunk, 0, chunk.length, size); read > 0; ) {
      parts.push(Buffer.from(chunk.subarray(0, read)))
      size += read
      read = readSync(descriptor, chunk, 0, chunk.length, size)
    }
    return parts.length === 1 ? pending : Buffer.concat(parts)
  }
  return {
    descriptor,
    path,
    get size() {
      return size
    },
    lines() {
      const split = splitLines(readNew())
      pending = split.rest
      return split.lines
    },
    rest() {
      const split = splitLines(readNew())
      pending = Buffer.alloc(0)
      return split.rest.length > 0
        ? [...split.lines, lineText(split.rest, 0, split.rest.length)]
        : split.lines
    },
    close: () => closeSync(descriptor),
  }
}

/** Splits at line feeds, and in lines longer than `longestLine`. */
export function splitLines(bytes: Buffer): { lines: string[]; rest: Buffer } {
  const lines: string[] = []
  let start = 0
  for (;;) {
    const feed = bytes.indexOf(10, start)
    const end = feed === -1 ? bytes.length : feed
    if (end - start > longestLine) {
      const cut = characterStart(bytes, start + longestLine)
      lines.push(lineText(bytes, start, cut))
      start = cut
    } else if (feed === -1) {
      return { lines, rest: Buffer.from(bytes.subarray(start)) }
    } else {
      lines.push(lineText(bytes, start, feed))
      start = feed + 1
    }
  }
}

/** Like Lambda's, the sandbox's runtimes write line breaks within a record as carriage returns. */
function lineText(bytes: Buffer, start: number, end: number): string {
  return bytes.toString('utf8', start, end).replace(/\r$/, '').replaceAll('\r', '\n')
}

/** The start of the UTF-8 character at `index`. */
function characterStart(bytes: Buffer, index: number): number {
  let start = index
  while (index - start < 3 && ((bytes[start] ?? 0) & 0xc0) === 0x80) start -= 1
  return start
}

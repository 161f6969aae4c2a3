import { plain } from '../text/plain.ts'
import type { LineWriter } from './writing.ts'

/** Writes messages as the function did, without control sequences. */
export function rawWriter(): LineWriter {
  return {
    lines: (lines) => lines.map(({ event }) => `${plain(event.message.trimEnd())}\n`).join(''),
    end: () => '',
  }
}

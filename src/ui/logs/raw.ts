import { plain } from '../text/plain.ts'
import type { LineWriter, Writing } from './writing.ts'

/** Writes messages as the function did, without control sequences. */
export function rawWriter({ mask }: Writing): LineWriter {
  return {
    lines: (lines) => lines.map(({ event }) => `${mask(plain(event.message.trimEnd()))}\n`).join(''),
    end: () => '',
  }
}

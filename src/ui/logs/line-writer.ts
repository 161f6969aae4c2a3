import { logfmtWriter } from './logfmt.ts'
import { ndjsonWriter } from './ndjson.ts'
import { plainWriter } from './plain-lines.ts'
import { prettyWriter } from './pretty/pretty-writer.ts'
import { rawWriter } from './raw.ts'
import { faultsFirst } from './request-ends.ts'
import type { LineWriter, Writing } from './writing.ts'

export const outputs = ['pretty', 'plain', 'raw', 'ndjson', 'logfmt'] as const
export type Output = (typeof outputs)[number]

const writers: Readonly<Record<Output, (writing: Writing) => LineWriter>> = {
  pretty: prettyWriter,
  plain: plainWriter,
  raw: rawWriter,
  ndjson: ndjsonWriter,
  logfmt: logfmtWriter,
}

/** The writer of an output. */
export function lineWriter(output: Output, writing: Writing): LineWriter {
  const writer = writers[output](writing)
  // `raw` tells no ends, and `pretty` waits for them.
  if (output === 'raw' || output === 'pretty') return writer
  return { ...writer, lines: (lines, now) => writer.lines(faultsFirst(lines), now) }
}

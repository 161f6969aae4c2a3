import type { ShownLine } from '../../logs/model/shown-line.ts'
import { plain } from '../text/plain.ts'
import { tellTimes } from '../text/time.ts'

export const outputs = ['pretty', 'plain', 'raw', 'ndjson', 'logfmt'] as const
export type Output = (typeof outputs)[number]

/** How lines are written. */
export interface Writing {
  output: Output
  /** The fields that are written, of every line; undefined for the output's own choice. */
  fields: readonly string[] | undefined
  /** Set where lines of several functions come, so that each needs its name. */
  namesFunctions: boolean
}

/** Writes the lines of a tail as text. */
export interface LineWriter {
  /** The text of lines, with a line end behind each; those of a request that runs may be held back. */
  lines(lines: readonly ShownLine[]): string
  /** The text of all that was held back. */
  end(): string
}

export function lineWriter({ namesFunctions }: Writing): LineWriter {
  const tellTime = tellTimes()
  const textOf = ({ event, version, requestId, ...line }: ShownLine) =>
    [
      tellTime(event.timestamp, 'ms'),
      ...(namesFunctions ? [line.function] : []),
      labelOf(version).padEnd(4),
      (requestId ?? '').slice(0, 8).padEnd(8),
      plain(event.message.trimEnd()),
    ].join(' ')
  return {
    lines: (lines) => lines.map((line) => `${textOf(line)}\n`).join(''),
    end: () => '',
  }
}

function labelOf(version: string | undefined): string {
  return version === undefined || version === '$LATEST' ? (version ?? '') : `v${version}`
}

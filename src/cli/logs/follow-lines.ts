import { lineWriter } from '../../ui/logs/line-writer.ts'
import type { Notice } from '../../workflows/logs/notice.ts'
import type { Tailing } from '../../workflows/logs/patient-pages.ts'
import { tailLogs } from '../../workflows/logs/tail.ts'
import type { Source } from '../../workflows/logs/wanted-functions.ts'
import { mask } from '../output/mask.ts'
import { safeJson, safeMasked } from '../output/safe-text.ts'
import { systemClock } from '../run/clock.ts'
import { writeText } from './write-text.ts'

/** Lines that come beside other output. */
export interface LinesBeside {
  sources: readonly Source[]
  /** Lines of before this time are not shown, milliseconds since the epoch. */
  start: number
  asJson: boolean
  /** Of the terminal, in columns. */
  width: number
  /** The command that deploys what is missing. */
  deploy: string
  notice: (notice: Notice) => void
}

/** How often the writer is asked for what it holds back, milliseconds. */
const askEveryMs = 250

/** Writes the log lines of functions to stdout, each with the name of its function, until the run is interrupted. */
export async function followLines(run: Tailing, beside: LinesBeside): Promise<void> {
  const { sources, start, asJson, width, deploy, notice } = beside
  const writer = lineWriter(asJson ? 'ndjson' : process.stdout.isTTY ? 'pretty' : 'plain', {
    fields: undefined,
    namesFunctions: true,
    isFiltered: false,
    width,
    mask,
    json: safeJson,
  })
  const write = (text: string) => writeText(process.stdout, safeMasked(text), run.signal)
  const asking = setInterval(() => void write(writer.lines([], systemClock.now())), askEveryMs)
  try {
    await tailLogs(
      run,
      { functions: { sources, deploy }, start, isFollowed: true },
      { lines: (lines) => write(writer.lines(lines, systemClock.now())), notice },
    )
  } finally {
    clearInterval(asking)
    await write(writer.end())
  }
}

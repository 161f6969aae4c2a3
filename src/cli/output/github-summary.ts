import { mask } from './mask.ts'
import type { Outcome } from './part.ts'

/** The job's summary in Markdown: a table of all functions, and below it each note once. */
export function summaryText(outcomes: readonly Outcome[]): string {
  const rows = outcomes.map(({ function: name, outcome, version = '', previous = '', release = '' }) =>
    [name, outcome, version, previous, release].map(cell).join(' | '),
  )
  const head = ['Function | Outcome | Version | Before | Release', '--- | --- | --- | --- | ---']
  const table = [...head, ...rows].map((row) => `| ${row} |`)
  const notes = [...new Set(outcomes.flatMap((each) => each.notes ?? []))].map((note) => `- ${cell(note)}`)
  return `${['### lambdactl', '', ...table, ...(notes.length > 0 ? ['', ...notes] : [])].join('\n')}\n\n`
}

/** Text that begins no column, row or mark-up of its own. */
function cell(text: string): string {
  return mask(text)
    .replace(/[\r\n]+/g, ' ')
    .replace(/[\\|<>`*_[\]]/g, (mark) => `\\${mark}`)
}

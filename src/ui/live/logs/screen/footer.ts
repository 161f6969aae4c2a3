import chalk from 'chalk'
import cliTruncate from 'cli-truncate'
import { wrapped } from '../../../text/fitted.ts'
import { plain, plainLine } from '../../../text/plain.ts'
import type { LogsView } from '../model/logs-view.ts'
import { asManyAsFit } from './as-many-as-fit.ts'
import { statusFacts } from './status.ts'
import { typingRows } from './typing-rows.ts'

/** A notice, with its next steps, takes at most these rows. */
const mostNoticeRows = 3

/**
 * The rows below the lines: the state of the tail, the counts of a canary, then the filter that is typed, a notice or the
 * keys. A low screen has less of them.
 */
export function footerRows(view: LogsView): string[] {
  const { columns, rows } = view.size
  const status = statusRow(view)
  const counts = view.figures.requests.canary.map((text) => cliTruncate(roleRow(text), columns))
  const below = lastRows(view)
  const room = Math.max(2, Math.floor(rows / 2))
  if (1 + below.length > room) return [status, ...below.slice(0, room - 1)]
  return [status, ...counts.slice(0, room - 1 - below.length), ...below]
}

function statusRow(view: LogsView): string {
  const { paused, size } = view
  const mode = paused ? ` paused, ${paused.newLines.toLocaleString('en')} new ` : ' following '
  const badge = paused ? chalk.bgYellow.black(mode) : chalk.inverse(mode)
  const facts = asManyAsFit(statusFacts(view), size.columns - mode.length - 1, separator)
  return cliTruncate(`${badge} ${facts.join(separator)}`, size.columns)
}

const separator = ' · '

/** The colours are those of the lines. */
function roleRow(text: string): string {
  return (text.startsWith('candidate') ? chalk.magenta : chalk.cyan)(plainLine(text))
}

/** In the order in which they are shown; the least important ones make room first. */
const keys = [
  { text: 'space pause', rank: 2 },
  { text: '/ filter', rank: 3 },
  { text: 'e next error', rank: 4 },
  { text: 'enter fold', rank: 5 },
  { text: 'y copy id', rank: 6 },
  { text: '? help', rank: 0 },
  { text: 'q leave', rank: 1 },
]

function lastRows(view: LogsView): string[] {
  const { columns } = view.size
  if (view.typing) return typingRows(view.typing.text, columns)
  if (view.notice) return noticeRows(view.notice.text, columns)
  const copied = view.copied ? [{ text: `copied ${plainLine(view.copied.id)}`, rank: -1 }] : []
  return [chalk.dim(cliTruncate(asManyAsFit([...copied, ...keys], columns, '  ').join('  '), columns))]
}

function noticeRows(text: string, columns: number): string[] {
  const rows = plain(text)
    .split('\n')
    .flatMap((row) => wrapped(row, columns))
  const shown =
    rows.length > mostNoticeRows
      ? [...rows.slice(0, mostNoticeRows - 1), `${rows[mostNoticeRows - 1]} …`]
      : rows
  return shown.map((row) => chalk.yellow(cliTruncate(row, columns)))
}

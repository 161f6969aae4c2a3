import chalk from 'chalk'
import cliTruncate from 'cli-truncate'
import stringWidth from 'string-width'
import type { Request } from '../../../../logs/model/request.ts'
import type { ShownLine } from '../../../../logs/model/shown-line.ts'
import { collectRequests } from '../../../../logs/requests/collect.ts'
import { closingText } from '../../../logs/closing.ts'
import { isShown } from '../../../logs/is-shown.ts'
import { labels, versionText } from '../../../logs/label.ts'
import { fittedRows, lineRows, type RowLook, timeWidth } from '../../../logs/pretty/rows.ts'
import { count } from '../../../text/figures.ts'
import { plain, plainLine } from '../../../text/plain.ts'
import { momentOf } from '../../../text/time.ts'
import type { Block } from '../model/buffer.ts'
import { chosenLines } from '../model/criteria.ts'
import { isFolded } from '../model/folded.ts'
import type { LogsView } from '../model/logs-view.ts'

/** The first column says which block is chosen. */
const markWidth = 2
/** A line takes at most these rows, unless its block is shown whole. */
const mostRowsOfLine = 6

/** The rows of a block as they are on the screen: its chosen lines and the end of its request, or one row if it is folded. */
export function rowsOf(view: LogsView, block: Block): string[] {
  const lines = chosenLines(view.criteria, block).filter(isShown)
  const request = requestOf(block)
  const isChosen = view.paused?.cursor.key === block.key
  const mark = isChosen ? chalk.cyan('▌ ') : '  '
  const label = labelIn(view, block)
  const width = view.size.columns - markWidth - stringWidth(label)
  const rows = isFolded(view.folds, block)
    ? [foldedRow(view, block, request)]
    : openRows(lines, request && `${endOf(view, request)}${chalk.dim(nameOf(request))}`, {
        width,
        mask: view.tail.safe,
        isWhole: view.folds.whole.has(block.key),
      })
  return rows.map((row) => cliTruncate(`${mark}${label}${row}`, view.size.columns))
}

const requests = new WeakMap<Block, Request | undefined>()

/** The request of a block as its lines tell it; undefined for a line that belongs to none. Blocks never change. */
function requestOf(block: Block): Request | undefined {
  if (requests.has(block)) return requests.get(block)
  const collected = collectRequests()
  const request = block.lines.map((line) => collected.add(line)).at(-1)
  requests.set(block, request)
  return request
}

/** The label of a block; labels end at one column. */
function labelIn({ figures: { functions, labelWidth } }: LogsView, { lines: [line] }: Block): string {
  const label = line ? labels(functions.length > 1)(line).trimEnd() : ''
  return labelWidth === 0
    ? ''
    : `${cliTruncate(label, labelWidth)}${' '.repeat(Math.max(0, labelWidth - stringWidth(label)))} `
}

function foldedRow(view: LogsView, { lines: [first] }: Block, request: Request | undefined): string {
  if (!first) return ''
  const time = chalk.dim(momentOf(first.event.timestamp, 's').clock)
  const look = { width: Number.POSITIVE_INFINITY, mask: view.tail.safe }
  if (!request) return lineRows(first, look)[0] ?? ''
  const lines = request.lines.length
  return `${time} ${endOf(view, request)}${chalk.dim(`${nameOf(request)} ${count(lines, 'line')} folded`)}`
}

interface Look extends RowLook {
  isWhole: boolean
}

/** @param end the last row, of a request */
function openRows(lines: readonly ShownLine[], end: string | undefined, look: Look): string[] {
  const rows = lines.flatMap((line) => (look.isWhole ? wholeRows(line, look) : shortRows(line, look)))
  return end === undefined ? rows : [...rows, `${' '.repeat(timeWidth)}${end}`]
}

function shortRows(line: ShownLine, look: Look): string[] {
  const rows = lineRows(line, look)
  const hidden = rows.length - mostRowsOfLine
  if (hidden <= 0) return rows
  return [
    ...rows.slice(0, mostRowsOfLine),
    chalk.dim(`${' '.repeat(timeWidth + 2)}… ${count(hidden, 'more row')} (x)`),
  ]
}

/** A line with all frames of its stack. */
function wholeRows({ stack = [], ...line }: ShownLine, look: Look): string[] {
  const lead = ' '.repeat(timeWidth + 2)
  const frames = stack.flatMap((frame) =>
    fittedRows(look.mask(plain(frame.trim())), look.width - lead.length),
  )
  return [...lineRows(line, look), ...frames.map((row) => `${lead}${row}`)]
}

/** The end of a request, or that it runs, with the gap to its name; empty if that is not known. */
function endOf({ tail: { isFiltered, safe } }: LogsView, request: Request): string {
  if (request.status !== 'running') return `${safe(closingText(request))}  `
  return isFiltered ? '' : chalk.dim('… running  ')
}

/** `v7 8f2c1a90`. */
function nameOf({ version, id }: Request): string {
  return `${versionText(version)} ${plainLine(id.slice(0, 8))}`.trim()
}

import { stripVTControlCharacters } from 'node:util'
import chalk from 'chalk'
import stringWidth from 'string-width'
import type { ShownLine } from '../../../logs/model/shown-line.ts'
import { wrapped } from '../../text/fitted.ts'
import { momentOf } from '../../text/time.ts'
import { cellText, chosenField } from '../chosen-fields.ts'
import { lateText } from '../duration.ts'
import { type Mask, messageText, stackRows } from './message.ts'

/** How the rows of a line look. */
export interface RowLook {
  /** In columns. */
  width: number
  /** The fields that are shown; undefined for all, with level and message. */
  fields?: readonly string[] | undefined
  mask: Mask
}

/** The columns of `03:40:55 `: rows that go on stand below the text. */
export const timeWidth = 9
const below = ' '.repeat(timeWidth)

/**
 * The rows of a line: `03:40:55 WARN total computed total=6`, further rows and the stack's frames below its text.
 */
export function lineRows(line: ShownLine, { width, fields, mask }: RowLook): string[] {
  if (fields) return fittedRows(mask(fields.map((name) => chosenCell(line, name)).join(' ')), width)
  const late = line.lateMs === undefined ? '' : ` ${chalk.yellow(lateText(line.lateMs))}`
  const rows = fittedRows(`${messageText(line, mask)}${late}`, width - timeWidth)
  const stack = line.stack ? stackRows(line.stack, mask).map((row) => `  ${row}`) : []
  return rowsAt(line.event.timestamp, [...rows, ...stack])
}

/** Rows of one time, which stands before the first one. */
export function rowsAt(time: number, [first = '', ...rest]: readonly string[]): string[] {
  const { clock } = momentOf(time, 's')
  return [`${chalk.dim(clock)} ${first}`, ...rest.map((row) => `${below}${row}`)]
}

function chosenCell(line: ShownLine, name: string): string {
  const value = name === 'time' ? momentOf(line.event.timestamp, 'ms').clock : chosenField(line, name)
  const text = cellText(value)
  return name === 'level' ? text.toUpperCase() : text
}

/** A text as rows that end at the width. */
export function fittedRows(text: string, width: number): string[] {
  const rows = text.includes('\n') ? text.split('\n') : [text]
  return rows.flatMap((row) => (fits(row, width) ? [row] : wrapped(row, width)))
}

/** Only text in other letters needs the exact measure, which takes long. */
function fits(row: string, width: number): boolean {
  if (width === Number.POSITIVE_INFINITY) return true
  if (row.length <= width && isNarrow.test(row)) return true
  const shown = stripVTControlCharacters(row)
  return (isNarrow.test(shown) ? shown.length : stringWidth(shown)) <= width
}

/** Letters of one column each, and the signs of our own. */
const isNarrow = /^[\x20-\x7e✔✖…]*$/

import cliTruncate from 'cli-truncate'
import stringWidth from 'string-width'
import { wrapped } from './fitted.ts'

/** The way to show a column of a table. */
export interface Column {
  align?: 'right'
  /** The least width in columns, so that several tables align. */
  width?: number
  /** The width to which cells may be cut if there is no room, with a … */
  least?: number
  /** The part of a cut cell that stays; a path says most with its end. */
  keeps?: 'start' | 'end'
  /** For the last column: sentences that wrap. */
  wraps?: boolean
}

interface Layout {
  /** The terminal's width in columns; with an infinite width no cell is cut. */
  width: number
  indent?: number
  /** The number of spaces between two columns; default: two. */
  gap?: number
  /** Lines below each row. */
  below?: readonly (readonly string[])[]
}

type Room = Required<Omit<Layout, 'below'>>

interface Filled extends Column {
  cells: readonly string[]
  width: number
}

/** A row's continuation lines are indented. */
const deeper = 2
/** Sentences in fewer columns are hard to read. */
const leastSentence = 24

/**
 * Rows in aligned columns, by the width that a terminal gives to their characters; empty columns are left out. If there
 * is no room, cells are cut; then whole columns go on in a second line.
 *
 * @param rows one text for each column, with colours
 */
export function table(
  rows: readonly (readonly string[])[],
  columns: readonly Column[],
  { width, indent = 2, gap = 2, below = [] }: Layout,
): string[] {
  const room = { width, indent, gap }
  const filled = columns
    .map((column, index) =>
      fill(
        column,
        rows.map((row) => row[index] ?? ''),
      ),
    )
    .filter((column) => column.width > 0)
  const lines = linesOf(filled, room)
  return rows.flatMap((_, row) => [
    ...lines.flatMap((line, index) => rowLines(line, row, room, index > 0)),
    ...(below[row] ?? []),
  ])
}

function fill(column: Column, cells: readonly string[]): Filled {
  const widest = Math.max(0, ...cells.map((cell) => stringWidth(cell)))
  return { ...column, cells, width: widest === 0 ? 0 : Math.max(widest, column.width ?? 0) }
}

/** The columns of each line: all in one if cutting makes room, else as many as fit uncut. */
function linesOf(columns: readonly Filled[], { width, indent, gap }: Room): Filled[][] {
  const all = shrunk(columns, width - indent, gap)
  if (totalOf(all, gap) <= width - indent) return [all]
  const lines: Filled[][] = []
  for (const column of columns) {
    const line = lines.at(-1)
    const room = width - indent - (lines.length > 1 ? deeper : 0)
    if (line && totalOf([...line, column], gap) <= room) line.push(column)
    else lines.push([column])
  }
  return lines.map((line, index) => shrunk(line, width - indent - (index > 0 ? deeper : 0), gap))
}

/** The widest of the columns that may be cut is cut first. */
function shrunk(columns: readonly Filled[], room: number, gap: number): Filled[] {
  const all = columns.map((column) => ({ ...column }))
  for (let lacks = totalOf(all, gap) - room; lacks > 0; lacks -= 1) {
    const cuttable = all.filter(({ width, least = width }) => width > least)
    const [widest] = cuttable.toSorted((one, other) => other.width - one.width)
    if (!widest) break
    widest.width -= 1
  }
  return all
}

function totalOf(columns: readonly Filled[], gap: number): number {
  const needed = columns.map(({ width, wraps }) => (wraps ? Math.min(width, leastSentence) : width))
  return needed.reduce((sum, width) => sum + width + gap, -gap)
}

function rowLines(
  columns: readonly Filled[],
  row: number,
  { width, indent, gap }: Room,
  goesOn: boolean,
): string[] {
  const cells = columns.map((column) => cellText(column, row))
  if (goesOn && cells.every((cell) => cell.trim() === '')) return []
  const lead = ' '.repeat(indent + (goesOn ? deeper : 0))
  const before = lead + cells.slice(0, -1).join(' '.repeat(gap)) + (cells.length > 1 ? ' '.repeat(gap) : '')
  const start = stringWidth(before)
  const last = cells.at(-1) ?? ''
  const parts = columns.at(-1)?.wraps ? wrapped(last, width - start) : [last]
  return parts.map((part, index) => `${index === 0 ? before : ' '.repeat(start)}${part}`.trimEnd())
}

function cellText({ cells, width, align, keeps, wraps }: Filled, row: number): string {
  const cell = cells[row] ?? ''
  if (wraps) return cell
  const cut = keeps === 'end' ? endOf(cell, width) : startOf(cell, width)
  const space = ' '.repeat(Math.max(0, width - stringWidth(cut)))
  return align === 'right' ? `${space}${cut}` : `${cut}${space}`
}

/** Cuts after a word if possible. */
function startOf(cell: string, width: number): string {
  return cliTruncate(cell, width, { preferTruncationOnSpace: true })
}

/** Cuts before a folder of a path if possible. */
function endOf(cell: string, width: number): string {
  const cut = cliTruncate(cell, width, { position: 'start' })
  return cut === cell ? cut : cut.replace(/^…[^/]+(?=\/)/, '…')
}

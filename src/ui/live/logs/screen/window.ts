import chalk from 'chalk'
import cliTruncate from 'cli-truncate'
import type { Block } from '../model/buffer.ts'
import { chosenLines } from '../model/criteria.ts'
import { blocksOf, type LogsView } from '../model/logs-view.ts'
import { footerRows } from './footer.ts'
import { helpRows } from './help.ts'
import { rowsOf } from './rows.ts'

export function windowHeight(view: LogsView): number {
  return Math.max(1, view.size.rows - footerRows(view).length)
}

/** The rows of the screen above the footer: the newest ones, or those around the cursor. Only these are formatted. */
export function windowRows(view: LogsView): string[] {
  const height = windowHeight(view)
  if (view.isHelpOpen) return helpRows({ columns: view.size.columns, rows: height })
  const rows = linesRows(view, height)
  return rows.length > 0 ? rows : [emptyRow(view)]
}

function emptyRow(view: LogsView): string {
  const text =
    blocksOf(view).size === 0 ? 'No lines yet.' : 'No line meets the filter or the level; a shows all.'
  return chalk.dim(cliTruncate(text, view.size.columns))
}

function linesRows(view: LogsView, height: number): string[] {
  const blocks = Array.from(blocksOf(view).values())
  const cursor = view.paused && blocks.findIndex(({ key }) => key === view.paused?.cursor.key)
  if (cursor === undefined || cursor === -1) return rowsBefore(view, blocks, blocks.length).slice(-height)
  const before = rowsBefore(view, blocks, cursor)
  const rows = [...before, ...rowsFrom(view, blocks, cursor)]
  const middle = before.length + (view.paused?.cursor.row ?? 0) - Math.floor(height / 3)
  const first = Math.max(0, Math.min(middle, rows.length - height))
  return rows.slice(first, first + height)
}

/** As many rows of the blocks before a place as fill the screen, or a few more. */
function rowsBefore(view: LogsView, blocks: readonly Block[], end: number): string[] {
  const height = windowHeight(view)
  let rows: string[] = []
  for (let index = end - 1; index >= 0 && rows.length < height; index -= 1) {
    rows = [...shownRows(view, blocks[index]), ...rows]
  }
  return rows
}

function rowsFrom(view: LogsView, blocks: readonly Block[], start: number): string[] {
  const wanted = windowHeight(view) + (view.paused?.cursor.row ?? 0)
  const rows: string[] = []
  for (let index = start; index < blocks.length && rows.length < wanted; index += 1) {
    rows.push(...shownRows(view, blocks[index]))
  }
  return rows
}

function shownRows(view: LogsView, block: Block | undefined): string[] {
  return block && chosenLines(view.criteria, block).length > 0 ? rowsOf(view, block) : []
}

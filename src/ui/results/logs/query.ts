import chalk from 'chalk'
import type { QueryResult } from '../../../workflows/logs/query-logs.ts'
import { csv } from '../../text/csv.ts'
import { count, formatBytes } from '../../text/figures.ts'
import { plainLine } from '../../text/plain.ts'
import { type Column, table } from '../../text/table.ts'
import { type TimeTeller, tellTimes } from '../../text/time.ts'

/**
 * The rows of a query for a person, and what it read.
 *
 * @param width of the terminal, in columns
 */
export function queryText(result: QueryResult, width: number): string {
  const { columns, rows } = result
  if (rows.length === 0) return `no results; ${scanText(result)}`
  const tellTime = tellTimes()
  const cells = rows.map((row) => columns.map((name) => cellText(row[name], tellTime)))
  const head = columns.map((name) => chalk.bold(plainLine(name)))
  const layout = columns.map((name): Column => {
    const isNumber = rows.every((row) => numeric.test(row[name] ?? '0'))
    return isNumber ? { align: 'right' } : { least: 12 }
  })
  const found = `${count(rows.length, 'row')}; ${scanText(result)}`
  return [...table([head, ...cells], layout, { width }), found].join('\n')
}

/** The rows of a query as CSV, with the values that Insights gave; empty without rows, whose columns Insights does not name. */
export function queryCsv({ columns, rows }: QueryResult): string {
  return csv(
    columns,
    rows.map((row) => columns.map((name) => row[name])),
  )
}

/** The amount that a query has read; AWS charges by the bytes. */
export function scanText({ scanned, bytes }: Pick<QueryResult, 'scanned' | 'bytes'>): string {
  return `${scanned.toLocaleString('en')} log events read, ${formatBytes(bytes)}`
}

const numeric = /^-?\d+(?:\.\d+)?(?:E-?\d+)?$/
const time = /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\.\d{3}$/
/** Insights gives the least and the greatest time as milliseconds since the epoch. */
const epochTime = /^1\d{12}(?:\.\d+)?$/

function cellText(value: string | undefined, tellTime: TimeTeller): string {
  if (value === undefined) return ''
  if (time.test(value)) return tellTime(Date.parse(`${value.replace(' ', 'T')}Z`))
  if (epochTime.test(value)) return tellTime(Number(value))
  return numeric.test(value) ? String(Math.round(Number(value) * 100) / 100) : plainLine(value)
}

import { plain } from './plain.ts'

/** A cell of a table for another program; undefined is empty. */
export type CsvCell = string | number | undefined

/**
 * Rows with the quotes of RFC 4180, the names of the columns first. The names are lambdactl's, or of the person's own query,
 * such as `@timestamp`: a program finds its columns by them, so they stay as they are.
 */
export function csv(names: readonly string[], rows: readonly (readonly CsvCell[])[]): string {
  return [names.map((name) => quoted(plain(name))), ...rows.map((row) => row.map(cellText))]
    .map((cells) => cells.join(','))
    .join('\n')
}

function cellText(cell: CsvCell): string {
  if (typeof cell !== 'string') return cell === undefined ? '' : String(cell)
  return quoted(harmless(plain(cell)))
}

function quoted(text: string): string {
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}

/** A spreadsheet takes a text that begins so for a formula, and text of logs is anybody's. */
function harmless(text: string): string {
  return /^[=+\-@\t]/.test(text) ? `'${text}` : text
}

import { stripVTControlCharacters } from 'node:util'

/** The number of extra rows that a text takes on a terminal of this width. */
export function wrappedRows(text: string, columns: number): number {
  const rows = stripVTControlCharacters(text)
    .split('\n')
    .map((line) => Math.ceil(line.length / columns))
  return rows.reduce((more, count) => more + Math.max(0, count - 1), 0)
}

/** Erases the cursor's row and moves up, `count` times. */
export function eraseRowsUp(count: number): string {
  return '\u001B[2K\u001B[1A'.repeat(count)
}

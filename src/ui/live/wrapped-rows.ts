import { stripVTControlCharacters } from 'node:util'

/** How many rows more than it has lines a text takes on a terminal that is so many columns wide. */
export function wrappedRows(text: string, columns: number): number {
  const rows = stripVTControlCharacters(text)
    .split('\n')
    .map((line) => Math.ceil(line.length / columns))
  return rows.reduce((more, count) => more + Math.max(0, count - 1), 0)
}

/** Erases the row of the cursor and moves up, so many times. */
export function eraseRowsUp(count: number): string {
  return '\u001B[2K\u001B[1A'.repeat(count)
}

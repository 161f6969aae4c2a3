import chalk from 'chalk'
import cliTruncate from 'cli-truncate'
import stringWidth from 'string-width'
import { plainLine } from '../../../text/plain.ts'
import { mistakeIn } from '../model/criteria.ts'

/**
 * The rows of a filter that is typed: its text, and below it the place of a mistake, or the keys. A text that is longer
 * than the row shows its end, where it is typed.
 */
export function typingRows(text: string, columns: number): [filter: string, hint: string] {
  const whole = `/${plainLine(text)}▏`
  const shown = cliTruncate(whole, columns, { position: 'start' })
  const mistake = mistakeIn(text)
  if (!mistake) return [shown, chalk.dim(cliTruncate('Enter keeps it, Escape drops it', columns))]
  const cut = stringWidth(whole) - stringWidth(shown)
  const place = Math.max(0, stringWidth(`/${plainLine(text.slice(0, mistake.at))}`) - cut)
  return [shown, caretRow(place, `expected ${mistake.expected}`, columns)]
}

/** `   ^ expected a value`, or the text before the caret if there is more room. */
function caretRow(place: number, told: string, columns: number): string {
  const after = `${' '.repeat(place)}^ ${told}`
  const before = `${told} ^`
  const isBefore = stringWidth(after) > columns && stringWidth(before) <= place + 1
  const row = isBefore ? `${' '.repeat(place + 1 - stringWidth(before))}${before}` : after
  return chalk.yellow(cliTruncate(row, columns))
}

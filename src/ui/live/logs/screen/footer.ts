import chalk from 'chalk'
import cliTruncate from 'cli-truncate'
import stringWidth from 'string-width'
import { count } from '../../../text/figures.ts'
import { plainLine } from '../../../text/plain.ts'
import { isUnfinished } from '../model/criteria.ts'
import type { LogsView } from '../model/logs-view.ts'
import { rateOf } from '../model/rate.ts'

/** A tail that is less behind is on time, milliseconds. */
const onTimeMs = 3000

/**
 * The two rows below the lines: the state of the tail, then the filter that is typed, a notice or the keys.
 *
 * @param accounts the facts that the tail itself counts, such as requests; empty before the first
 */
export function footerRows(view: LogsView, accounts: readonly string[]): [status: string, keys: string] {
  const { columns } = view.size
  const mode = view.paused ? pausedText(view.paused.newLines) : ' following '
  const badge = view.paused ? chalk.bgYellow.black(mode) : chalk.inverse(mode)
  const facts = [...chosenFacts(view), ...figureFacts(view), ...accounts, functionsFact(view)]
  return [cliTruncate(`${badge} ${facts.filter(Boolean).join(' · ')}`, columns), lastRow(view)]
}

function pausedText(newLines: number): string {
  return ` paused, ${newLines.toLocaleString('en')} new `
}

/** The choice of lines, as far as it is not all. */
function chosenFacts({ criteria: { filter, least, solo, muted } }: LogsView): string[] {
  return [
    filter.trim() === '' ? '' : `/${filter}`,
    least === undefined ? '' : `${least} and above`,
    solo === undefined ? '' : `only ${solo}`,
    muted.size === 0 ? '' : `without ${Array.from(muted).join(', ')}`,
  ]
    .filter((fact) => fact !== '')
    .map((fact) => chalk.cyan(plainLine(fact)))
}

function figureFacts({ figures: { arrivals, lines, late, behindMs } }: LogsView): string[] {
  return [
    ...(behindMs > onTimeMs ? [chalk.yellow(`behind by ${Math.round(behindMs / 1000)} s`)] : []),
    `${Math.round(rateOf(arrivals)).toLocaleString('en')} lines/s`,
    `${lines.toLocaleString('en')} read${late > 0 ? `, ${late.toLocaleString('en')} late` : ''}`,
  ]
}

function functionsFact({ figures: { functions } }: LogsView): string {
  return functions.length > 3 ? count(functions.length, 'function') : functions.map(plainLine).join(', ')
}

const keysText = 'space pause  / filter  e next error  enter fold  y copy id  ? help  q leave'

function lastRow(view: LogsView): string {
  const { columns } = view.size
  if (view.typing) return typingRow(view.typing.text, columns)
  if (view.notice) return chalk.yellow(cliTruncate(plainLine(view.notice.text), columns))
  const copied = view.copied ? `copied ${plainLine(view.copied.id)}  ` : ''
  return chalk.dim(cliTruncate(`${copied}${keysText}`, columns))
}

/** The end of a filter that is longer than the row is what is being typed. */
function typingRow(text: string, columns: number): string {
  const hint = isUnfinished(text)
    ? chalk.yellow('  not a condition yet')
    : chalk.dim('  Enter keeps, Escape drops')
  const shown = `/${plainLine(text)}▏`
  const room = columns - stringWidth(hint)
  return room > stringWidth(shown) ? `${shown}${hint}` : cliTruncate(shown, columns, { position: 'start' })
}

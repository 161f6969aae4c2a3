import chalk from 'chalk'
import type { PastRelease } from '../../../release/history/history.ts'
import { durationWords } from '../../../release/values/duration.ts'
import { promotedWords } from '../../../release/values/promoted.ts'
import { shippedWords } from '../../../release/values/shipped.ts'
import type { Past } from '../../../workflows/history/history.ts'
import { plainLine } from '../../text/plain.ts'
import { type Column, table } from '../../text/table.ts'
import { tellTimes, withTimes } from '../../text/time.ts'
import { operationCells, operationNotes } from './operations.ts'
import { actText, saysWho, shortArn } from './who.ts'

const colours = {
  done: chalk.green,
  'rolled-back': chalk.yellow,
  left: chalk.yellow,
  paused: chalk.cyan,
  'in progress': chalk.cyan,
}

/**
 * The releases of one function, and the operations on it, for a person: a row for each, with the reasons below it.
 *
 * @param width of the terminal, in columns
 */
export function historyText(name: string, past: readonly Past[], width: number): string {
  if (past.length === 0) return `${chalk.bold(name)}\n  no release or other operation in this time`
  const tellTime = tellTimes()
  const rows = past.map((each) => [
    tellTime(each.started),
    ...(isRelease(each) ? cellsOf(each) : operationCells(each)),
  ])
  const why = past.map((each) => (isRelease(each) ? reasonsOf(each) : operationNotes(each)))
  return [chalk.bold(name), ...table(rows, columns, { width, below: why })].join('\n')
}

function isRelease(each: Past): each is Extract<Past, { kind: 'release' }> {
  return each.kind === 'release'
}

const columns: readonly Column[] = [{ align: 'right' }, {}, {}, {}, {}, {}, { least: 12 }, {}]

function cellsOf({
  id,
  strategy,
  candidate,
  from,
  outcome,
  started,
  ended,
  by,
  commit,
}: PastRelease): string[] {
  return [
    id,
    strategy,
    from === undefined ? candidate : `${from} → ${candidate}`,
    colours[outcome](outcome),
    // A rollback is one call.
    ended === undefined || strategy === 'rollback' ? '' : `in ${durationWords(ended - started)}`,
    by === undefined ? '' : `by ${shortArn(by)}`,
    commit === undefined ? '' : `commit ${commit.slice(0, 12)}`,
  ]
}

function reasonsOf({
  breakglass,
  wentPast = [],
  ships,
  promoted,
  reason,
  actor,
  acts,
  started,
}: PastRelease): string[] {
  const tellTime = tellTimes(started)
  const why = [
    actor ? saysWho(actor) : '',
    breakglass === undefined ? '' : `breakglass: ${breakglass}`,
    wentPast.map((flag) => `--${flag}`).join(' '),
    promoted ? `promoted ${promotedWords(promoted)}` : '',
    ships ? `also shipped ${shippedWords(ships)}` : '',
    withTimes(reason ?? ''),
    ...acts.map((act) => `${tellTime(act.time)}  ${actText(act)}`),
  ]
  return why.filter((text) => text !== '').map((text) => `    ${chalk.dim(plainLine(text))}`)
}

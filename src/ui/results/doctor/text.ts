import chalk from 'chalk'
import stringWidth from 'string-width'
import type { Diagnosis, Examination, FunctionExamination, Mend } from '../../../workflows/doctor.ts'
import { count } from '../../text/figures.ts'
import { wrapped } from '../../text/fitted.ts'
import { plainLine } from '../../text/plain.ts'
import { withTimes } from '../../text/time.ts'

/** The most functions whose passed checks and the texts of whose notes are shown. */
const fewFunctions = 3

/**
 * The findings of `doctor` for a person; lines of texts to paste are not broken.
 *
 * @param width of the terminal, in columns
 */
export function examinationText({ checks, functions }: Examination, width: number): string {
  const showsNotes = functions.length <= fewFunctions
  return [
    ...checks.map((check) => checkText(check, width, showsNotes)),
    ...functions.flatMap((each) => functionLines(each, width, showsNotes)),
    countLine([...checks, ...functions.flatMap((each) => each.checks)]),
  ].join('\n')
}

function countLine(checks: readonly Diagnosis[]): string {
  const of = (outcome: Diagnosis['outcome']) => checks.filter((check) => check.outcome === outcome).length
  return `${count(of('fail'), 'failure')}, ${count(of('warn'), 'warning')}`
}

function functionLines(
  { function: name, lambdaName, checks }: FunctionExamination,
  width: number,
  showsNotes: boolean,
): string[] {
  const title = `${chalk.bold(name)} ${chalk.dim(`(${lambdaName})`)}`
  const shown = showsNotes ? checks : checks.filter(({ outcome }) => outcome !== 'pass')
  const passed = checks.length - shown.length
  return [
    title,
    ...shown.map((check) => checkText(check, width, showsNotes)),
    ...(passed > 0 ? [`  ${chalk.green('pass')}  ${count(passed, 'other check')}`] : []),
  ]
}

const colours = { pass: chalk.green, note: chalk.cyan, warn: chalk.yellow, fail: chalk.red }

function checkText(check: Diagnosis, width: number, showsNotes: boolean): string {
  const { title, outcome, detail, why, next = [], mends = [] } = check
  const showsMends = outcome !== 'note' || showsNotes
  return [
    ...hanging(`  ${colours[outcome](outcome.padEnd(4))}  `, `${title}: ${withTimes(detail)}`, width),
    ...(why === undefined ? [] : hanging(space(8), why, width)),
    ...(showsMends ? mends.flatMap((mend) => mendLines(mend, width)) : []),
    ...next.flatMap((step) => hanging(arrow, step, width)),
  ].join('\n')
}

function mendLines({ where, text }: Mend, width: number): string[] {
  const lines = text.split('\n').map((line) => (line === '' ? '' : `${space(10)}${line}`))
  return [...hanging(arrow, `${where}:`, width), ...lines]
}

const space = (columns: number) => ' '.repeat(columns)
const arrow = `${space(8)}${chalk.cyan('→')} `

/** A sentence after a lead, whose further lines begin where its first one does. */
function hanging(lead: string, text: string, width: number): string[] {
  const indent = stringWidth(lead)
  return wrapped(plainLine(text), width - indent).map(
    (line, index) => `${index === 0 ? lead : space(indent)}${line}`,
  )
}

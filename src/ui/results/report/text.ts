import chalk from 'chalk'
import type { ReleaseReport } from '../../../operation/report/report.ts'
import { plainLine } from '../../text/plain.ts'
import { table } from '../../text/table.ts'
import { formatMoment, tellTimes, withTimes } from '../../text/time.ts'
import { alarmText, errorText } from './parts.ts'
import { terminalChart } from './terminal-chart.ts'
import {
  countText,
  happeningText,
  hasFigures,
  type Mood,
  moodOf,
  noFiguresText,
  outcomeText,
  unreadReason,
  versionsText,
  whoText,
} from './words.ts'

const paints: Record<Mood, (text: string) => string> = {
  good: chalk.green,
  bad: chalk.yellow,
  waiting: chalk.cyan,
  going: chalk.cyan,
}

/**
 * A report for a person: the chart, what happened, alarms and errors.
 *
 * @param width of the terminal, in columns
 */
export function reportText(report: ReleaseReport, width: number): string {
  return [
    ...headLines(report),
    '',
    ...(hasFigures(report) ? terminalChart(report, width) : [`  ${noFiguresText(report)}`]),
    '',
    ...courseLines(report, width),
    ...alarmLines(report, width),
    ...errorLines(report),
  ].join('\n')
}

function headLines(report: ReleaseReport): string[] {
  const { release } = report
  const { id, strategy, started, reason, breakglass, commit } = release
  const mood = paints[moodOf(release)]
  const who = whoText(release)
  const facts = [
    `started ${formatMoment(started)}`,
    who && `by ${who}`,
    commit && `commit ${commit.slice(0, 12)}`,
  ]
  return [
    `${chalk.bold(plainLine(report.function))}  ${plainLine(`${strategy} ${id}, ${versionsText(release)}`)}  ${mood(outcomeText(report))}`,
    `  ${chalk.dim(plainLine(facts.filter(Boolean).join(', ')))}`,
    ...(reason === undefined ? [] : [`  ${plainLine(withTimes(reason))}`]),
    ...(breakglass === undefined ? [] : [`  breakglass: ${plainLine(breakglass)}`]),
  ]
}

function courseLines({ happenings }: ReleaseReport, width: number): string[] {
  const tellTime = tellTimes()
  const rows = happenings.map((each) => {
    const why = [whoText(each) && `by ${whoText(each)}`, withTimes(each.reason ?? '')]
      .filter(Boolean)
      .join(': ')
    return [chalk.dim(tellTime(each.time)), happeningText(each), plainLine(why)]
  })
  return table(rows, [{ align: 'right' }, {}, { wraps: true }], { width })
}

function alarmLines(report: ReleaseReport, width: number): string[] {
  const rows = report.alarms.map((alarm) => [`alarm ${plainLine(alarm.name)}`, alarmText(alarm)])
  const reason = unreadReason(report, 'alarms')
  return [
    ...(rows.length > 0 ? ['', ...table(rows, [{ least: 20 }, { wraps: true }], { width })] : []),
    ...(reason === undefined ? [] : [`  ${chalk.dim(plainLine(reason))}`]),
  ]
}

const mostKinds = 5

function errorLines(report: ReleaseReport): string[] {
  const { errors = [] } = report
  const reason = unreadReason(report, 'errors')
  const hidden = errors.length - mostKinds
  const lines = errors
    .slice(0, mostKinds)
    .flatMap((error) => [
      `  ${chalk.red(`✖ ${countText(error.count)} ×`)}  ${chalk.bold(plainLine(error.kind))}`,
      `    ${plainLine(errorText(error))}`,
    ])
  return [
    ...(lines.length > 0 ? ['', ...lines] : []),
    ...(hidden > 0 ? [`  … and ${hidden} more kinds (--json has all)`] : []),
    ...(reason === undefined ? [] : ['', `  errors: ${plainLine(reason)}`]),
  ]
}

import chalk from 'chalk'
import type { ReleaseReport } from '../../../operation/report/report.ts'
import { plainLine } from '../../text/plain.ts'
import { table } from '../../text/table.ts'
import { formatMoment, withTimes } from '../../text/time.ts'
import { courseRows } from './course-rows.ts'
import { alarmText, errorText } from './parts.ts'
import { terminalChart } from './terminal-chart.ts'
import {
  countText,
  hasFigures,
  kindText,
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

function courseLines(report: ReleaseReport, width: number): string[] {
  const rows = courseRows(report).map(({ time, what, who, reason }) => {
    const why = [who && `by ${who}`, reason].filter(Boolean).join(': ')
    return [chalk.dim(time), what, plainLine(why)]
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
      `  ${chalk.red(`✖ ${countText(error.count)} ×`)}  ${chalk.bold(plainLine(kindText(error)))}`,
      `    ${plainLine(errorText(error))}`,
    ])
  return [
    ...(lines.length > 0 ? ['', ...lines] : []),
    ...(hidden > 0 ? [`  … and ${hidden} more kinds (--json has all)`] : []),
    ...(reason === undefined ? [] : ['', `  errors: ${plainLine(reason)}`]),
  ]
}

import chalk from 'chalk'
import { alarmWords } from '../../gates/alarms/words.ts'
import type { WayBack } from '../../release/decision/rollback-target.ts'
import type { Standing } from '../../release/decision/standing.ts'
import type { AlarmState, JudgedAlarm } from '../../release/values/observed.ts'
import type { FunctionStatus } from '../../workflows/status.ts'
import { alarmNote } from '../text/alarm-note.ts'
import { count } from '../text/figures.ts'
import { plainLine } from '../text/plain.ts'
import { table } from '../text/table.ts'
import { tellTimes, withTimes } from '../text/time.ts'

/**
 * A function's status for a person, several lines.
 *
 * @param width of the terminal, in columns
 */
export function statusText(view: FunctionStatus, width: number): string {
  const title = `${chalk.bold(view.function)} ${chalk.dim(`(${view.lambdaName})`)}`
  if (view.state === 'missing') return `${title}\n  not deployed`
  const lines = [
    title,
    ...(view.state === 'ready' ? [] : [`  function: ${view.state}`]),
    ...(view.owner === undefined ? [] : [`  made by ${plainLine(view.owner)}`]),
    ...(view.stopped ? stoppedLines(view.stopped) : []),
    ...(view.standing ? standingLines(view.standing) : ['  no alias yet']),
    ...versionLines(view.versions, width),
    ...moreLines(view.moreVersions),
    ...(view.wayBack ? goneLines(view.wayBack) : []),
    ...alarmLines(view.alarms, width),
    ...view.missingAlarms.map((name) => `  alarm ${plainLine(name)}: ${chalk.red('does not exist here')}`),
  ]
  return lines.join('\n')
}

/** The state of an alias, and the next step. */
export function standingLines({ phase, summary, next = [] }: Standing): string[] {
  const line = `  ${phaseColour(phase)(phase)}  ${plainLine(withTimes(summary))}`
  return [line, ...next.map((step) => `  ${chalk.cyan('→')} ${step}`)]
}

function stoppedLines({ summary, next }: { summary: string; next: string }): string[] {
  return [`  ${chalk.red(summary)}`, `  ${chalk.cyan('→')} ${next}`]
}

function goneLines({ to, summary }: WayBack): string[] {
  const colour = to === undefined ? chalk.red : chalk.yellow
  return summary === undefined ? [] : [`  ${colour(summary)}`]
}

function versionLines(versions: FunctionStatus['versions'], width: number): string[] {
  const tellTime = tellTimes()
  const rows = versions.map(({ version, published, percent, origin }) => [
    'version',
    version,
    percent > 0 ? chalk.green(`${percent}%`) : '',
    published === '' ? '' : chalk.dim(tellTime(Date.parse(published))),
    origin?.commit === undefined ? '' : chalk.dim(`commit ${shortCommit(origin.commit)}`),
  ])
  return table(rows, [{}, { align: 'right', width: 2 }, { align: 'right' }, { align: 'right' }, {}], {
    width,
  })
}

function moreLines(more: FunctionStatus['moreVersions']): string[] {
  return more ? [`  +${count(more.count, 'older version')}: ${more.see}`] : []
}

/** A commit with uncommitted changes ends with a `+`. */
export function shortCommit(commit: string): string {
  return `${commit.slice(0, 12)}${commit.endsWith('+') ? '+' : ''}`
}

/** A line for each alarm: its state, how it counts if that is not obvious, and CloudWatch's reason. */
export function alarmLines(alarms: readonly (AlarmState | JudgedAlarm)[], width: number): string[] {
  const rows = alarms.map((alarm) => {
    const note = alarmNote(alarm)
    const reason = chalk.dim(plainLine(alarmWords(alarm)))
    return [
      `alarm ${plainLine(alarm.name)}:`,
      conditionColours[alarm.condition](alarm.condition),
      note ? `(${note}) ${reason}` : reason,
    ]
  })
  return table(rows, [{ least: 30 }, {}, { wraps: true }], { width, gap: 1 })
}

const conditionColours = { OK: chalk.green, ALARM: chalk.red, INSUFFICIENT_DATA: chalk.yellow }

function phaseColour(phase: Standing['phase']): (text: string) => string {
  if (phase === 'done' || phase === 'unrecorded') return chalk.green
  return phase === 'paused' || phase === 'awaiting-approval' || phase === 'moved' || phase === 'rolled-back'
    ? chalk.yellow
    : chalk.cyan
}

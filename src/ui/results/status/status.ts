import chalk from 'chalk'
import { alarmWords } from '../../../gates/alarms/words.ts'
import type { Trouble } from '../../../operation/incident/trouble.ts'
import type { WayBack } from '../../../release/decision/rollback-target.ts'
import type { Standing } from '../../../release/decision/standing.ts'
import type { AlarmState, JudgedAlarm } from '../../../release/values/observed.ts'
import type { FunctionStatus } from '../../../workflows/incident/status.ts'
import { alarmNote } from '../../text/alarm-note.ts'
import { count } from '../../text/figures.ts'
import { plainLine } from '../../text/plain.ts'
import { table } from '../../text/table.ts'
import { tellTimes, withTimes } from '../../text/time.ts'
import { releaseCostLines } from '../cost/release.ts'
import { trafficLines } from './traffic.ts'
import { nextLines, troubleLines } from './troubles.ts'

/**
 * A function's status for a person, several lines.
 *
 * @param width of the terminal, in columns
 */
export function statusText(view: FunctionStatus, width: number): string {
  const title = `${chalk.bold(view.function)} ${chalk.dim(`(${view.lambdaName})`)}`
  if (view.state === 'missing') return [title, '  not deployed', ...nextLines(view.troubles)].join('\n')
  if (view.state === 'unknown') return [title, ...troubleLines(view.troubles)].join('\n')
  const troubles = view.troubles.filter(({ kind }) => shownFirst.has(kind))
  const lines = [
    title,
    ...(view.state === 'ready' ? [] : [`  function: ${view.state}`]),
    ...(view.owner === undefined ? [] : [`  made by ${plainLine(view.owner)}`]),
    ...troubleLines(troubles),
    ...(view.stopped ? stoppedLines(view.stopped) : []),
    ...(view.paused ? pausedLines(view.paused) : []),
    ...(view.pausedUnknown === undefined
      ? []
      : [`  paused triggers: ${chalk.yellow('unknown')}, ${plainLine(view.pausedUnknown)}`]),
    ...(view.standing
      ? standingLines(withoutSteps(view.standing, troubles), isCritical(view))
      : ['  no alias yet']),
    ...trafficLines(view, width),
    ...(view.cost ? releaseCostLines(view.cost, width) : []),
    ...versionLines(view.versions, width),
    ...moreLines(view.moreVersions),
    ...(view.wayBack ? wayBackLines(view.wayBack) : []),
    ...alarmLines(view.alarms, width),
    ...(view.alarmsUnknown === undefined
      ? []
      : [`  alarms: ${chalk.red('unknown')}, ${plainLine(view.alarmsUnknown)}`]),
    ...view.missingAlarms.map((name) => `  alarm ${plainLine(name)}: ${chalk.red('does not exist here')}`),
  ]
  return lines.join('\n')
}

/** The other troubles have lines of their own. */
const shownFirst: ReadonlySet<Trouble['kind']> = new Set(['alarm', 'failed', 'errors', 'throttles'])

/** A step that a trouble has told is not told again. */
function withoutSteps(standing: Standing, troubles: readonly Trouble[]): Standing {
  const told = troubles.flatMap(({ next }) => next)
  const next = standing.next?.filter((step) => !told.some((command) => step.endsWith(`: ${command}`)))
  return { ...standing, next: next ?? [] }
}

function isCritical({ troubles }: FunctionStatus): boolean {
  return troubles.some(({ severity }) => severity === 'critical')
}

/**
 * The state of an alias, and the next step.
 *
 * @param isTroubled whether something else is wrong: then a release that is done is not green
 */
export function standingLines({ phase, summary, next = [] }: Standing, isTroubled: boolean): string[] {
  const line = `  ${phaseColour(phase, isTroubled)(phase)}  ${plainLine(withTimes(summary))}`
  return [line, ...next.map((step) => `  ${chalk.cyan('→')} ${step}`)]
}

function stoppedLines({ summary, next }: { summary: string; next: string }): string[] {
  return [`  ${chalk.red(summary)}`, `  ${chalk.cyan('→')} ${next}`]
}

function pausedLines({ summary, next }: { summary: string; next: string }): string[] {
  return [`  ${chalk.yellow(plainLine(summary))}`, `  ${chalk.cyan('→')} ${next}`]
}

function wayBackLines({ to, summary }: WayBack): string[] {
  const colour = to === undefined ? chalk.red : chalk.yellow
  if (summary !== undefined) return [`  ${colour(summary)}`]
  return [`  way back: ${to === '$LATEST' ? to : `version ${to}`}, still there`]
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

/** The colour of a phase. */
export function phaseColour(phase: Standing['phase'], isTroubled: boolean): (text: string) => string {
  if (phase === 'done' || phase === 'unrecorded') return isTroubled ? chalk.reset : chalk.green
  return phase === 'paused' || phase === 'awaiting-approval' || phase === 'moved' || phase === 'rolled-back'
    ? chalk.yellow
    : chalk.cyan
}

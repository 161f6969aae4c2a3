import chalk from 'chalk'
import type { AlarmState, AliasState, JudgedAlarm } from '../release/observed.ts'
import type { WayBack } from '../release/rollback-target.ts'
import type { Standing } from '../release/standing.ts'
import type { Origin } from '../release/version-description.ts'
import { alarmNote } from './alarm-note.ts'
import { formatMoment } from './figures.ts'
import { plainLine } from './plain.ts'

/** The facts that the status of a function shows. */
export interface StatusView {
  function: string
  lambdaName: string
  state: string
  alias: AliasState | undefined
  standing: Standing | undefined
  versions: readonly { version: string; published: string; percent: number; origin: Origin | undefined }[]
  wayBack: WayBack | undefined
  alarms: readonly AlarmState[]
  missingAlarms: readonly string[]
}

/** A function's status for a person, several lines. */
export function statusText(view: StatusView): string {
  const title = `${chalk.bold(view.function)} ${chalk.dim(`(${view.lambdaName})`)}`
  if (view.state === 'missing') return `${title}\n  not deployed`
  const lines = [
    title,
    ...(view.state === 'ready' ? [] : [`  function: ${view.state}`]),
    ...(view.standing ? standingLines(view.standing) : ['  no alias yet']),
    ...view.versions.map(versionLine),
    ...(view.wayBack ? goneLines(view.wayBack) : []),
    ...view.alarms.map(alarmLine),
    ...view.missingAlarms.map((name) => `  alarm ${plainLine(name)}: ${chalk.red('does not exist here')}`),
  ]
  return plainLines(lines)
}

/** How an alias stands, and what to do next. */
export function standingLines({ phase, summary, next }: Standing): string[] {
  const line = `  ${phaseColour(phase)(phase)}  ${plainLine(summary)}`
  return next === undefined ? [line] : [line, `  ${chalk.cyan('→')} ${next}`]
}

function goneLines({ to, summary }: WayBack): string[] {
  const colour = to === undefined ? chalk.red : chalk.yellow
  return summary === undefined ? [] : [`  ${colour(summary)}`]
}

function versionLine({ version, published, percent, origin }: StatusView['versions'][number]): string {
  const share = percent > 0 ? chalk.green(`${percent}%`.padStart(5)) : '     '
  const commit = origin?.commit
    ? ` commit ${origin.commit.slice(0, 12)}${origin.commit.endsWith('+') ? '+' : ''}`
    : ''
  const made = published === '' ? '' : formatMoment(Date.parse(published)).slice(0, 19)
  return `  version ${version.padStart(3)} ${share}  ${chalk.dim(`${made}${commit}`)}`
}

/** An alarm's state, how it counts where that is not plain, and CloudWatch's reason. */
export function alarmLine(alarm: AlarmState | JudgedAlarm): string {
  const { name, condition, reason } = alarm
  const colour = { OK: chalk.green, ALARM: chalk.red, INSUFFICIENT_DATA: chalk.yellow }[condition]
  const note = alarmNote(alarm)
  const state = `${colour(condition)}${note && ` (${note})`}`
  return `  alarm ${plainLine(name)}: ${state} ${chalk.dim(plainLine(reason))}`
}

function phaseColour(phase: Standing['phase']): (text: string) => string {
  if (phase === 'done' || phase === 'unrecorded') return chalk.green
  return phase === 'paused' || phase === 'awaiting-approval' || phase === 'moved' || phase === 'rolled-back'
    ? chalk.yellow
    : chalk.cyan
}

function plainLines(lines: readonly string[]): string {
  return lines.map((line) => line.trimEnd()).join('\n')
}

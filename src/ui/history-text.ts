import chalk from 'chalk'
import { formatDuration } from '../release/duration.ts'
import type { PastRelease } from '../release/history.ts'
import { formatMoment } from './figures.ts'
import { plainLine } from './plain.ts'

const colours = {
  done: chalk.green,
  'rolled-back': chalk.yellow,
  left: chalk.yellow,
  paused: chalk.cyan,
  'in progress': chalk.cyan,
}

/** The releases of one function for a person, a line each and one for the reason. */
export function historyText(name: string, releases: readonly PastRelease[]): string {
  if (releases.length === 0) return `${chalk.bold(name)}\n  no release in this time`
  return [chalk.bold(name), ...releases.flatMap(releaseLines)].join('\n')
}

function releaseLines({
  id,
  strategy,
  candidate,
  from,
  outcome,
  reason,
  started,
  ended,
  by,
  commit,
  breakglass,
  wentPast = [],
}: PastRelease): string[] {
  const moved = from === undefined ? candidate : `${from} → ${candidate}`
  const took =
    ended === undefined
      ? ''
      : `in ${formatDuration(Math.max(1000, Math.round((ended - started) / 1000) * 1000))}`
  const origin = [
    by === undefined ? '' : `by ${shortArn(by)}`,
    commit === undefined ? '' : `commit ${commit.slice(0, 12)}`,
  ]
  const facts = [
    formatMoment(started).slice(0, 19),
    id,
    strategy,
    moved,
    colours[outcome](outcome),
    took,
    ...origin,
  ]
  const line = `  ${facts.filter((fact) => fact !== '').join('  ')}`
  const why = [
    breakglass === undefined ? '' : `breakglass: ${breakglass}`,
    wentPast.map((flag) => `--${flag}`).join(' '),
    reason ?? '',
  ]
  return [line, ...why.filter((text) => text !== '').map((text) => `    ${chalk.dim(plainLine(text))}`)]
}

/** `user/ada` of `arn:aws:iam::123456789012:user/ada`. */
function shortArn(arn: string): string {
  return plainLine(arn.split(':').slice(5).join(':') || arn)
}

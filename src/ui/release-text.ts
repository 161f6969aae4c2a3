import chalk from 'chalk'
import type { AlarmState } from '../release/observed.ts'
import type { ShiftToCome } from '../release/plan.ts'
import type { Standing } from '../release/standing.ts'
import { alarmLine, standingLines } from './status-text.ts'

/** What the status of one release shows. */
export interface ReleaseView {
  function: string
  standing: Standing
  toCome: readonly ShiftToCome[]
  alarms: readonly AlarmState[]
}

/** A release's status for a person: how it stands, what comes when, its alarms. */
export function releaseText({ function: name, standing, toCome, alarms }: ReleaseView): string {
  return [
    chalk.bold(name),
    ...standingLines(standing),
    ...toCome.map(toComeLine),
    ...alarms.map(alarmLine),
  ].join('\n')
}

function toComeLine({ at, percent, ends }: ShiftToCome): string {
  const when = new Date(at).toISOString().replace('.000Z', 'Z')
  return `  ${chalk.dim(when)}  ${ends ? 'done' : `${percent}%`} at the earliest`
}

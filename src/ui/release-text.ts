import chalk from 'chalk'
import type { JudgedAlarm } from '../release/observed.ts'
import type { Plan, ShiftToCome } from '../release/plan.ts'
import type { Standing } from '../release/standing.ts'
import { breakglassLines } from './breakglass-lines.ts'
import { alarmLine, standingLines } from './status-text.ts'

/** What the status of one release shows. */
export interface ReleaseView {
  function: string
  standing: Standing
  toCome: readonly ShiftToCome[]
  alarms: readonly JudgedAlarm[]
  plan: Pick<Plan, 'breakglass'> | undefined
}

/** A release's status for a person: how it stands, what comes when, its alarms. */
export function releaseText({ function: name, standing, toCome, alarms, plan }: ReleaseView): string {
  return [
    chalk.bold(name),
    ...standingLines(standing),
    ...breakglassLines(plan?.breakglass),
    ...toCome.map(toComeLine),
    ...alarms.map(alarmLine),
  ].join('\n')
}

function toComeLine({ at, percent, ends }: ShiftToCome): string {
  const when = new Date(at).toISOString().replace('.000Z', 'Z')
  return `  ${chalk.dim(when)}  ${ends ? 'done' : `${percent}%`} at the earliest`
}

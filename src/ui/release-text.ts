import chalk from 'chalk'
import type { JudgedAlarm } from '../release/observed.ts'
import type { Plan, ShiftToCome } from '../release/plan.ts'
import type { ReleaseRecord } from '../release/record.ts'
import type { Standing } from '../release/standing.ts'
import { breakglassLines } from './breakglass-lines.ts'
import { count } from './figures.ts'
import { plainLine } from './plain.ts'
import { conditionsOf, gatesOf } from './plan-words.ts'
import { alarmLine, standingLines } from './status-text.ts'

/** The facts that the status of one release shows. */
export interface ReleaseView {
  function: string
  standing: Standing
  toCome: readonly ShiftToCome[]
  alarms: readonly JudgedAlarm[]
  plan: Plan | undefined
  record: Pick<ReleaseRecord, 'phase' | 'step'>
}

/** A release's status for a person: how it stands, by what plan, what comes when, its alarms. */
export function releaseText({ function: name, standing, toCome, alarms, plan, record }: ReleaseView): string {
  return [
    chalk.bold(name),
    ...standingLines(standing),
    ...(plan ? planLines(plan, record) : []),
    ...toCome.map(toComeLine),
    ...alarms.map(alarmLine),
  ].join('\n')
}

function planLines(plan: Plan, { phase, step }: ReleaseView['record']): string[] {
  const gates = gatesOf(plan).map(plainLine)
  const { provisioned } = plan
  const present = phase === 'shifting' ? plan.steps[step - 1] : undefined
  return [
    ...(gates.length > 0 ? [`  ${gates.join(', ')}`] : []),
    ...breakglassLines(plan.breakglass),
    ...(provisioned ? [`  with ${count(provisioned.amount, 'provisioned environment')}`] : []),
    ...(present ? [`  this step: ${present.percent}%${conditionsOf(present)}`] : []),
  ]
}

function toComeLine({ at, ends, ...shift }: ShiftToCome): string {
  const when = new Date(at).toISOString().replace('.000Z', 'Z')
  const what = ends ? 'done at the earliest' : `${shift.percent}% at the earliest${conditionsOf(shift)}`
  return `  ${chalk.dim(when)}  ${what}`
}

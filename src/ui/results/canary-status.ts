import chalk from 'chalk'
import type { Plan, UpcomingShift } from '../../release/plan/plan.ts'
import type { JudgedAlarm } from '../../release/values/observed.ts'
import type { ReleaseStatus } from '../../workflows/release-status.ts'
import { breakglassLines } from '../text/breakglass.ts'
import { count } from '../text/figures.ts'
import { plainLine } from '../text/plain.ts'
import { conditionsOf, gatesOf } from '../text/plan-words.ts'
import { table } from '../text/table.ts'
import { tellTimes } from '../text/time.ts'
import { releaseCostLines } from './cost/release.ts'
import { alarmLines, standingLines } from './status/status.ts'

/**
 * A release's status for a person: its state, its plan, the coming steps with their times, its alarms.
 *
 * @param width of the terminal, in columns
 */
export function releaseText(
  { function: name, standing, upcoming, alarms, plan, record, cost }: ReleaseStatus,
  width: number,
): string {
  return [
    chalk.bold(name),
    ...standingLines(
      standing,
      alarms.some(({ condition }) => condition === 'ALARM'),
    ),
    ...(plan ? planLines(plan, record) : []),
    ...upcomingLines(upcoming, width),
    ...(cost ? releaseCostLines(cost, width) : []),
    ...alarmLines(alarms, width),
    ...goneAlarmLines(plan, alarms),
  ].join('\n')
}

/** Alarms of the plan that CloudWatch no longer has. */
function goneAlarmLines(plan: Plan | undefined, alarms: readonly JudgedAlarm[]): string[] {
  const found = new Set(alarms.map(({ name }) => name))
  const gone = plan?.alarms.filter((name) => !found.has(name)) ?? []
  return gone.map((name) => `  alarm ${plainLine(name)}: ${chalk.yellow('it no longer exists')}`)
}

function planLines(plan: Plan, { phase, step }: ReleaseStatus['record']): string[] {
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

function upcomingLines(upcoming: readonly UpcomingShift[], width: number): string[] {
  const tellTime = tellTimes()
  const rows = upcoming.map(({ at, ends, ...shift }) => [
    chalk.dim(tellTime(at)),
    ends ? 'done at the earliest' : `${shift.percent}% at the earliest${conditionsOf(shift)}`,
  ])
  return table(rows, [{ align: 'right' }, { wraps: true }], { width })
}

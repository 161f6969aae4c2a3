import { type AlarmSelection, alarmQuery, selectAlarms } from '../../../gates/alarms/selection.ts'
import { breakglass } from '../../../gates/breakglass.ts'
import type { Plan } from '../../../release/plan/plan.ts'
import type { AlarmSelector } from '../../../release/values/alarms.ts'
import type { Run } from '../../run/run.ts'

/** Finds the selected alarms in one read: a prefix becomes the alarms that exist now. */
export async function findAlarms(run: Run, selectors: readonly AlarmSelector[]): Promise<AlarmSelection> {
  const { names, prefixes } = alarmQuery(selectors)
  const asksNothing = names.length + prefixes.length === 0
  return selectAlarms(selectors, asksNothing ? [] : await run.aws.alarms.describe(names, prefixes))
}

/**
 * Returns the alarms of a plan by their plain names, so that every process that carries it on watches the same ones.
 */
export function alarmPlan(
  { alarms }: AlarmSelection,
  insufficientData: Plan['insufficientData'],
  reason: string | undefined,
): Pick<Plan, 'alarms' | 'insufficientData' | 'breakglass'> {
  const terms = insufficientData === undefined ? {} : { insufficientData }
  return {
    alarms: alarms.map(({ name }) => name),
    ...terms,
    ...(reason === undefined ? {} : { breakglass: breakglass(reason, alarms, terms) }),
  }
}

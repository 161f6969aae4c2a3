import { LambdactlError } from '../errors/error.ts'
import { alarmVerdict } from '../gates/alarm-gate.ts'
import type { Observed } from '../release/decide.ts'
import type { AlarmState, AliasState, Verdict } from '../release/observed.ts'
import type { Plan } from '../release/plan.ts'
import { parseRecord } from '../release/record.ts'
import type { Run, Target } from './run.ts'

/** What a release sees, with the alarms that its verdict was made of. */
export interface Seen extends Observed {
  alarms: readonly AlarmState[]
}

/**
 * Reads the alias and the alarms side by side. While AWS does not answer, or the credentials have expired, the alias
 * counts as last seen and the gates as inconclusive.
 */
export async function observe(run: Run, target: Target, plan: Plan, last: AliasState): Promise<Seen> {
  try {
    const [alias, alarms] = await Promise.all([
      run.aws.aliases.get(target.lambdaName, target.alias),
      plan.alarms.length > 0 ? run.aws.alarms.describe(plan.alarms) : [],
    ])
    if (!alias)
      throw new LambdactlError(
        'CONFLICT',
        `The alias ${target.alias} of ${target.lambdaName} was deleted meanwhile.`,
      )
    return {
      alias,
      record: parseRecord(alias.description),
      verdict: alarmVerdict(plan.alarms, alarms),
      alarms,
    }
  } catch (error) {
    if (!(error instanceof LambdactlError) || error.code === 'CONFLICT' || error.code === 'BUG') throw error
    const verdict: Verdict = { outcome: 'inconclusive', reason: error.message }
    return { alias: last, record: parseRecord(last.description), verdict, alarms: [] }
  }
}

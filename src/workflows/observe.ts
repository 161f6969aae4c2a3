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
 * counts as last seen and the gates as inconclusive; an alarm that is known to fire fails them all the same.
 */
export async function observe(run: Run, target: Target, plan: Plan, last: AliasState): Promise<Seen> {
  const [aliasRead, alarmsRead] = await Promise.all([
    orTrouble(run.aws.aliases.get(target.lambdaName, target.alias)),
    orTrouble(plan.alarms.length > 0 ? run.aws.alarms.describe(plan.alarms) : Promise.resolve([])),
  ])
  const alias = aliasRead.trouble ? last : aliasRead.answer
  if (!alias) {
    throw new LambdactlError(
      'CONFLICT',
      `The alias ${target.alias} of ${target.lambdaName} was deleted meanwhile.`,
    )
  }
  const alarms = alarmsRead.answer ?? []
  const gate = alarmsRead.trouble ?? alarmVerdict(plan.alarms, alarms)
  const verdict = gate.outcome === 'fail' ? gate : (aliasRead.trouble ?? gate)
  return { alias, record: parseRecord(alias.description), verdict, alarms }
}

type Read<Answer> = { answer: Answer; trouble?: never } | { answer?: never; trouble: Verdict }

/** What a read gave, or the verdict while it gives nothing. */
async function orTrouble<Answer>(read: Promise<Answer>): Promise<Read<Answer>> {
  try {
    return { answer: await read }
  } catch (error) {
    if (!(error instanceof LambdactlError) || error.code === 'CONFLICT' || error.code === 'BUG') throw error
    return { trouble: { outcome: 'inconclusive', reason: error.message } }
  }
}

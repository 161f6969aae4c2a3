import { judgeAlarms } from '../gates/alarms/verdict.ts'
import { type Outcome, outcomeOf } from '../release/decision/outcome.ts'
import type { Standing } from '../release/decision/standing.ts'
import { type Plan, type UpcomingShift, upcomingShifts } from '../release/plan/plan.ts'
import type { AliasState, JudgedAlarm } from '../release/values/observed.ts'
import type { ReleaseRecord } from '../release/values/record.ts'
import { explained } from './alias/explain-alias.ts'
import { findLastRelease, hasLostAlias, planIfKept } from './alias/find-release.ts'
import { type CostOfRelease, costBeside } from './cost/release-cost.ts'
import type { Run, Target } from './run/run.ts'

export interface ReleaseStatus {
  function: string
  alias: AliasState
  record: ReleaseRecord
  /** True if only the journal has the record, since something else replaced the alias's Description. */
  isLost?: true
  outcome: Outcome
  standing: Standing
  /** Undefined if the journal does not have it: then nobody can carry the release on. */
  plan: Plan | undefined
  upcoming: UpcomingShift[]
  /** The plan's alarms, even if lambdactl.yaml names others by now. */
  alarms: JudgedAlarm[]
  /** The price of both versions while both have traffic; absent if it can't be read. */
  cost?: CostOfRelease
}

/**
 * The state of an alias's last release, its remaining steps with their times, and its gates.
 *
 * @throws LambdactlError NOT_FOUND if there is no release
 */
export async function releaseStatus(run: Run, target: Target): Promise<ReleaseStatus> {
  const found = await findLastRelease(run, target)
  const { alias, record, isLost } = found
  const plan = await planIfKept(run, target, record.id)
  const known = plan && plan.alarms.length > 0 ? await run.aws.alarms.describe(plan.alarms) : []
  return {
    function: target.function,
    alias,
    record,
    ...(isLost && { isLost }),
    outcome: hasLostAlias(found) ? 'moved' : outcomeOf(alias, record),
    standing: explained(
      alias,
      isLost ? { record: undefined, lost: record } : { record, lost: undefined },
      target,
    ),
    plan,
    upcoming: plan && !isLost ? upcomingShifts(plan, record) : [],
    alarms: judgeAlarms(known, plan ?? {}),
    ...(await costBeside(run, target, alias)),
  }
}

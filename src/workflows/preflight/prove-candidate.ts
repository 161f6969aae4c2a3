import { alarmVerdict } from '../../gates/alarms/gate.ts'
import { judgeAlarms } from '../../gates/alarms/verdict.ts'
import type { Check } from '../../release/values/check.ts'
import type { SmokeEvent } from '../../release/values/smoke.ts'
import type { PlannedRelease } from '../run/release.ts'
import { judge, noTraffic } from './judge.ts'
import { trySmokeEvents } from './try-smoke-events.ts'

/**
 * Proves the candidate at 0%, and that no alarm began to fire meanwhile.
 *
 * @param smoke the events that the candidate has to answer
 * @throws LambdactlError PREFLIGHT_FAILED with the failed checks
 */
export async function proveCandidate(release: PlannedRelease, smoke: readonly SmokeEvent[]): Promise<void> {
  const checks = [...(await trySmokeEvents(release, smoke)), ...(await stillQuiet(release))]
  judge(release, { consequence: noTraffic(release.plan), checks })
}

/**
 * Proves that no alarm began to fire meanwhile.
 *
 * @throws LambdactlError PREFLIGHT_FAILED with the failed checks
 */
export async function proveQuiet(release: PlannedRelease): Promise<void> {
  judge(release, { consequence: noTraffic(release.plan), checks: await stillQuiet(release) })
}

async function stillQuiet({ run, plan }: PlannedRelease): Promise<Check[]> {
  if (plan.alarms.length === 0) return []
  const alarms = judgeAlarms(await run.aws.alarms.describe(plan.alarms), plan)
  const { outcome, reason } = alarmVerdict(plan.alarms, alarms)
  return outcome === 'fail' ? [{ title: 'alarms', outcome, detail: reason }] : []
}

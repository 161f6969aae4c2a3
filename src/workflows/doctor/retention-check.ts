import { retentionDiagnosis } from '../../gates/doctor/checks/logs.ts'
import type { Diagnosis } from '../../gates/doctor/diagnosis.ts'
import type { Examined } from './examined.ts'
import { waysOf } from './ways.ts'

/** Checks that the function's log group does not keep its events for ever. */
export async function retentionCheck(examined: Examined): Promise<Diagnosis> {
  const { run, latest, declared } = examined
  const { logGroup: group } = latest
  const days = await run.aws.logGroups.retention(group)
  return retentionDiagnosis({ group, days, isOurs: declared.manages === 'function' }, waysOf(examined))
}

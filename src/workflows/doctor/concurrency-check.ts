import { concurrencyDiagnosis } from '../../gates/doctor/checks/concurrency.ts'
import type { Diagnosis } from '../../gates/doctor/diagnosis.ts'
import type { Examined } from './examined.ts'
import { waysOf } from './ways.ts'

/** Checks a reservation; what is provisioned is read only beside one. */
export async function concurrencyCheck(examined: Examined): Promise<Diagnosis> {
  const { run, target, latest, triggers } = examined
  const { reserved } = latest
  const configs = reserved ? await run.aws.concurrency.provisioned(target.lambdaName) : []
  const provisioned = configs.reduce((sum, { requested }) => sum + requested, 0)
  return concurrencyDiagnosis({ reserved, provisioned, triggers: await triggers() }, waysOf(examined))
}

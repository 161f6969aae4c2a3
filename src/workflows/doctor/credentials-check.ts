import type { Diagnosis } from '../../gates/doctor/diagnosis.ts'
import { credentialsDiagnosis } from '../../gates/doctor/machine/credentials.ts'
import { plannedSteps } from '../../release/plan/steps.ts'
import type { Run } from '../run/run.ts'
import { type Patient, releaseOf } from './examined.ts'

/** Tells whose credentials these are, and whether they last for the longest release. */
export async function credentialsCheck(
  { aws, clock, signal }: Pick<Run, 'aws' | 'clock' | 'signal'>,
  patients: readonly Patient[],
): Promise<Diagnosis> {
  const caller = await aws.identity.caller(signal)
  const lifetime = await aws.identity.lifetime()
  const longestMs = Math.max(0, ...patients.map(plannedMs))
  return credentialsDiagnosis({ ...caller, ...lifetime }, longestMs, clock.now())
}

/** The planned time of a canary release; steps that wait for invocations or a person may take longer. */
function plannedMs(patient: Patient): number {
  const release = releaseOf(patient)
  if (!release) return 0
  const { steps, everyMs, bakeMs } = release
  return plannedSteps(steps, everyMs).reduce((sum, { holdMs }) => sum + holdMs, bakeMs)
}

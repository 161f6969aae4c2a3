import type { Diagnosis } from '../../gates/doctor/diagnosis.ts'
import type { Run } from '../run/run.ts'

/** Tells whose credentials these are. */
export async function credentialsCheck({ aws, signal }: Pick<Run, 'aws' | 'signal'>): Promise<Diagnosis> {
  const { account, arn } = await aws.identity.caller(signal)
  return { title: 'credentials', outcome: 'pass', detail: `${arn} in the account ${account}` }
}

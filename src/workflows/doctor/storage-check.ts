import type { Diagnosis } from '../../gates/doctor/diagnosis.ts'
import { storageDiagnosis } from '../../gates/doctor/machine.ts'
import type { Run } from '../run/run.ts'

/** Tells how full the account's code storage is. */
export async function storageCheck({ aws, config }: Pick<Run, 'aws' | 'config'>): Promise<Diagnosis> {
  return storageDiagnosis(await aws.versions.codeStorage(), config.command('versions prune'))
}

import type { Diagnosis } from '../../gates/doctor/diagnosis.ts'
import { storageDiagnosis } from '../../gates/doctor/machine.ts'
import type { Run } from '../run/run.ts'
import type { Patient } from './examined.ts'
import { environmentCommand } from './ways.ts'

/** Tells how full the account's code storage is. */
export async function storageCheck(
  { aws, config }: Pick<Run, 'aws' | 'config'>,
  [first]: readonly Patient[],
): Promise<Diagnosis> {
  const verb = 'versions prune'
  const prune = first ? environmentCommand(first, verb, '--all-functions') : config.command(verb)
  return storageDiagnosis(await aws.versions.codeStorage(), prune)
}

import type { Diagnosis } from '../../gates/doctor/diagnosis.ts'
import { versionsDiagnosis } from '../../gates/doctor/versions.ts'
import { parseOrigin } from '../../release/values/version-description.ts'
import type { Examined } from './examined.ts'

/** Tells whether something else publishes versions of the function. */
export async function versionsCheck({ run, target }: Examined): Promise<Diagnosis> {
  const versions = await run.aws.functions.versions(target.lambdaName)
  return versionsDiagnosis(
    versions.map(({ version, description }) => ({ version, isOurs: parseOrigin(description) !== undefined })),
  )
}

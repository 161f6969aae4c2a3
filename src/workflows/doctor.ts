import type { Diagnosis } from '../gates/doctor/diagnosis.ts'
import { functionDiagnosis } from '../gates/doctor/function.ts'
import { managesDiagnosis, ownerDiagnosis } from '../gates/doctor/ownership.ts'
import { type FoundPlace, regionDiagnosis } from '../gates/doctor/place.ts'
import { setupDiagnosis } from '../gates/doctor/setups.ts'
import type { FunctionState } from '../ports/functions.ts'
import { ownerFrom } from '../release/values/owner.ts'
import { aliasCheck } from './doctor/alias-check.ts'
import { callersCheck } from './doctor/callers-check.ts'
import { credentialsCheck } from './doctor/credentials-check.ts'
import { type Examined, orRefused, type Patient } from './doctor/examined.ts'
import { permissionsNote } from './doctor/permissions-note.ts'
import { versionsCheck } from './doctor/versions-check.ts'
import type { Run } from './run/run.ts'

export type { Diagnosis, Mend } from '../gates/doctor/diagnosis.ts'

/** The checks of an environment, and of each of its functions. */
export interface Examination {
  /** Of the credentials, the Region, and the permissions of all functions. */
  checks: Diagnosis[]
  functions: FunctionExamination[]
}

export interface FunctionExamination {
  function: string
  lambdaName: string
  checks: Diagnosis[]
}

/** The checks that read AWS, each by its title. */
const readers = { alias: aliasCheck, versions: versionsCheck, callers: callersCheck } as const

/**
 * Examines functions and the place where they are. Changes nothing. A call that AWS refuses is a finding.
 *
 * @throws LambdactlError INTERRUPTED, BUG
 */
export async function examine(
  run: Run,
  place: FoundPlace,
  patients: readonly Patient[],
): Promise<Examination> {
  const region = regionDiagnosis(place, run.config.name)
  const credentials = await orRefused(run, 'credentials', () => credentialsCheck(run), 'fail')
  if (credentials.outcome === 'fail') return { checks: [region, credentials], functions: [] }
  const functions: FunctionExamination[] = []
  const permitted: Examined[] = []
  for (const patient of patients) {
    const { checks, latest } = await examineFunction(run, patient)
    const { function: name, lambdaName } = patient.target
    functions.push({ function: name, lambdaName, checks })
    if (latest && patient.declared.manages === 'code') permitted.push({ ...patient, run, latest })
  }
  return { checks: [region, credentials, ...permissionsNote(permitted)], functions }
}

async function examineFunction(
  run: Run,
  patient: Patient,
): Promise<{ checks: Diagnosis[]; latest?: FunctionState }> {
  const { target, declared } = patient
  const { lambdaName } = target
  let latest: FunctionState | undefined
  const there = await orRefused(
    run,
    'function',
    async () => {
      latest = await run.aws.functions.get(lambdaName)
      return functionDiagnosis(
        lambdaName,
        latest && { ...latest, runtime: latest.settings.runtime },
        declared,
      )
    },
    'fail',
  )
  if (!latest) return { checks: [there] }
  const examined = { ...patient, run, latest }
  const read = Object.entries(readers).map(([title, check]) => orRefused(run, title, () => check(examined)))
  return { latest, checks: [there, ...ownership(examined), ...(await Promise.all(read))] }
}

/** The checks by the function's tags alone. */
function ownership({ target, declared, latest, terraform }: Examined): Diagnosis[] {
  const owner = ownerFrom(latest.tags)
  const { function: name, lambdaName: functionName, alias } = target
  const awsCli = target.awsCli?.() ?? { program: 'aws', flags: [] }
  const isImage = latest.settings.image !== undefined
  const names = { name, functionName, alias, logicalId: owner?.logicalId, isImage, awsCli, terraform }
  return [
    ownerDiagnosis(owner, declared),
    managesDiagnosis(owner, declared),
    ...(owner ? [setupDiagnosis(owner, names)] : []),
  ]
}

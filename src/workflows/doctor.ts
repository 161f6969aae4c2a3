import type { Diagnosis } from '../gates/doctor/diagnosis.ts'
import { functionDiagnosis } from '../gates/doctor/function.ts'
import { nodeDiagnosis } from '../gates/doctor/machine/node.ts'
import { clockDiagnosis } from '../gates/doctor/machine.ts'
import { managesDiagnosis, ownerDiagnosis } from '../gates/doctor/ownership.ts'
import { type FoundPlace, regionDiagnosis } from '../gates/doctor/place.ts'
import { setupDiagnosis } from '../gates/doctor/setups.ts'
import type { FunctionState } from '../ports/functions.ts'
import type { RolePolicy } from '../ports/iam/role-policies.ts'
import { ownerFrom } from '../release/values/owner.ts'
import { alarmsCheck, alarmsOf } from './doctor/alarms-check.ts'
import { aliasCheck } from './doctor/alias-check.ts'
import { allowedCheck } from './doctor/allowed-check.ts'
import { callersCheck } from './doctor/callers-check.ts'
import { concurrencyCheck } from './doctor/concurrency-check.ts'
import { credentialsCheck } from './doctor/credentials-check.ts'
import {
  batchesCheck,
  retriesCheck,
  streamsCheck,
  timeoutCheck,
  visibilityCheck,
} from './doctor/events-checks.ts'
import { type Examined, orRefused, type Patient } from './doctor/examined.ts'
import { memoryCheck, retentionCheck } from './doctor/log-checks.ts'
import { pausedCheck } from './doctor/paused-check.ts'
import { permissionsNote } from './doctor/permissions-note.ts'
import { roleCheck } from './doctor/role-check.ts'
import { settingsChecks } from './doctor/settings-checks.ts'
import { storageCheck } from './doctor/storage-check.ts'
import { versionsCheck } from './doctor/versions-check.ts'
import type { Run } from './run/run.ts'
import { readingTogether } from './stopping/read-together.ts'

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
const readers = {
  alias: aliasCheck,
  versions: versionsCheck,
  paused: pausedCheck,
  callers: callersCheck,
  alarms: alarmsCheck,
  'time-out': timeoutCheck,
  visibility: visibilityCheck,
  'failed events': retriesCheck,
  'partial batches': batchesCheck,
  'stream retries': streamsCheck,
  concurrency: concurrencyCheck,
  'log retention': retentionCheck,
  memory: memoryCheck,
  role: roleCheck,
} as const

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
  const node = nodeDiagnosis(place.node, run.clock.now())
  const region = regionDiagnosis(place, run.config.name)
  const credentials = await orRefused(run, 'credentials', () => credentialsCheck(run, patients), 'fail')
  if (credentials.outcome === 'fail') return { checks: [node, region, credentials], functions: [] }
  const shared = { alarms: once(() => alarmsOf(run, patients)), policiesOf: policyReader(run) }
  const each = patients.length > 1 ? readingTogether(run) : run
  const [storage, allowed, ...examined] = await Promise.all([
    orRefused(run, 'code storage', () => storageCheck(run, patients)),
    orRefused(run, 'allowed commands', () => allowedCheck(run, place.region, patients)),
    ...patients.map((patient) => examineFunction(each, patient, shared)),
  ])
  const functions = patients.map(({ target: { function: name, lambdaName } }, index) => ({
    function: name,
    lambdaName,
    checks: examined[index]?.checks ?? [],
  }))
  const permitted = examined.flatMap(({ found }) => (found?.declared.manages === 'code' ? [found] : []))
  const skew = place.skewMs === undefined ? [] : [clockDiagnosis(place.skewMs())]
  return {
    checks: [node, region, credentials, ...skew, storage, allowed, ...permissionsNote(permitted)],
    functions,
  }
}

/** Begins when it is first asked; all who ask get the same result. */
function once<Result>(read: () => Promise<Result>): () => Promise<Result> {
  let begun: Promise<Result> | undefined
  return () => {
    begun ??= read()
    return begun
  }
}

/** Functions often share a role. */
function policyReader({ aws }: Run): Examined['policiesOf'] {
  const read = new Map<string, () => Promise<RolePolicy[]>>()
  return (role) => {
    const reader = read.get(role) ?? once(() => aws.rolePolicies.of(role))
    read.set(role, reader)
    return reader()
  }
}

async function examineFunction(
  run: Run,
  patient: Patient,
  shared: Pick<Examined, 'alarms' | 'policiesOf'>,
): Promise<{ checks: Diagnosis[]; found?: Examined }> {
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
  const triggers = once(() => run.aws.triggers.list(lambdaName, target.alias))
  const found = { ...patient, run, latest, triggers, ...shared }
  const read = Object.entries(readers).map(([title, check]) => orRefused(run, title, () => check(found)))
  return {
    found,
    checks: [there, ...ownership(found), ...(await Promise.all(read)), ...settingsChecks(found)],
  }
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

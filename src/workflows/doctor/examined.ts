import type { ReleaseSettings } from '../../config/release/release.ts'
import { asLambdactlError } from '../../errors/error.ts'
import { type NamedConfig, stepsFor } from '../../errors/next-step.ts'
import type { Diagnosis } from '../../gates/doctor/diagnosis.ts'
import type { Declared } from '../../gates/doctor/ownership.ts'
import type { Field, Permitted } from '../../operation/permissions/facts.ts'
import type { FunctionState } from '../../ports/functions.ts'
import type { RolePolicy } from '../../ports/iam/role-policies.ts'
import type { AlarmState, Trigger } from '../../release/values/observed.ts'
import type { Run, Target } from '../run/run.ts'

/** The settings of a release that checks are about. */
type PlannedRelease = Pick<
  ReleaseSettings,
  'alarms' | 'insufficientData' | 'compare' | 'steps' | 'everyMs' | 'bakeMs'
>

/** A function as the file declares it. */
export interface Patient {
  target: Target
  declared: Declared
  /** The addresses of its resources in Terraform, if they are known. */
  terraform?: { function: string; alias?: string | undefined } | undefined
  /** The fields that decide about its permissions. */
  fields: ReadonlySet<Field>
  /** @throws LambdactlError CONFIG_INVALID for a value that can't be replaced */
  permitted: () => Permitted
  /** Whether the file has its time-out; always true for a function whose settings another tool sets. */
  hasTimeout: boolean
  /** @throws LambdactlError CONFIG_INVALID for a value that can't be replaced */
  release: () => PlannedRelease
  /** The lines of the file that set fields of it in this environment. */
  lines: (fields: Readonly<Record<string, unknown>>) => readonly string[]
}

/** A function of AWS that is examined. */
export interface Examined extends Patient {
  run: Run
  latest: FunctionState
  /** Reads them once. */
  triggers: () => Promise<Trigger[]>
  /** Reads the policies of a role once for all examined functions. */
  policiesOf: (role: string) => Promise<RolePolicy[]>
  /** The alarms of all examined functions, which are read together once. */
  alarms: () => Promise<AlarmState[]>
}

/** The settings of a function's release; undefined if a value of theirs can't be replaced, which its own check tells. */
export function releaseOf({ release }: Pick<Patient, 'release'>): PlannedRelease | undefined {
  try {
    return release()
  } catch (error) {
    if (asLambdactlError(error).kind !== 'user') throw error
    return undefined
  }
}

/**
 * The diagnosis of a check; if AWS refuses a call for it, a warning with the error. An interrupt or a bug ends all.
 *
 * @throws LambdactlError INTERRUPTED, BUG
 */
export async function orRefused(
  run: Pick<Run, 'config'>,
  title: string,
  check: () => Promise<Diagnosis>,
  outcome: 'warn' | 'fail' = 'warn',
): Promise<Diagnosis> {
  try {
    return await check()
  } catch (error) {
    if (asLambdactlError(error).kind !== 'user') throw error
    return refused(run.config, title, error, outcome)
  }
}

/** An error as a finding. */
export function refused(
  config: NamedConfig,
  title: string,
  error: unknown,
  outcome: 'warn' | 'fail',
): Diagnosis {
  const { code, message, next } = asLambdactlError(error)
  return { title, outcome, detail: message.replace(/\.$/, ''), next: stepsFor(config, next), code }
}

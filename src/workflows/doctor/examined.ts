import { asLambdactlError } from '../../errors/error.ts'
import { type NamedConfig, stepsFor } from '../../errors/next-step.ts'
import type { Diagnosis } from '../../gates/doctor/diagnosis.ts'
import type { Declared } from '../../gates/doctor/ownership.ts'
import type { Field } from '../../operation/permissions/facts.ts'
import type { FunctionState } from '../../ports/functions.ts'
import type { Run, Target } from '../run/run.ts'

/** A function as the file declares it. */
export interface Patient {
  target: Target
  declared: Declared
  /** The addresses of its resources in Terraform, if they are known. */
  terraform?: { function: string; alias?: string | undefined } | undefined
  /** The fields that decide about its permissions. */
  fields: ReadonlySet<Field>
}

/** A function of AWS that is examined. */
export interface Examined extends Patient {
  run: Run
  latest: FunctionState
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

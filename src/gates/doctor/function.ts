import type { Diagnosis } from './diagnosis.ts'
import type { Declared } from './ownership.ts'

/** The state of a function that `doctor` found. */
export interface FoundFunction {
  status: 'ready' | 'changing' | 'failed'
  statusReason: string | undefined
  runtime: string
  hiddenVariables?: string | undefined
}

/** Tells whether a function is there and ready for a release; `found` is undefined if it is not there. */
export function functionDiagnosis(
  lambdaName: string,
  found: FoundFunction | undefined,
  { manages }: Pick<Declared, 'manages'>,
): Diagnosis {
  const title = 'function'
  if (!found) return missing(lambdaName, manages)
  const { status, statusReason, runtime, hiddenVariables } = found
  const reason = statusReason === undefined ? '' : `: ${statusReason}`
  if (status === 'failed')
    return {
      title,
      outcome: 'fail',
      detail: `Lambda could not make or update ${lambdaName}${reason}`,
      code: 'UPDATE_FAILED',
    }
  if (status === 'changing')
    return {
      title,
      outcome: 'note',
      detail: `an update of ${lambdaName} is under way; a release waits for it`,
    }
  if (hiddenVariables !== undefined)
    return {
      title,
      outcome: 'warn',
      detail: `Lambda can't decrypt the environment variables of ${lambdaName}: ${hiddenVariables}`,
      why: 'A release can compare no value, so a change of them ships unseen.',
    }
  return { title, outcome: 'pass', detail: `ready${runtime === '' ? ', from an image' : `, ${runtime}`}` }
}

function missing(lambdaName: string, manages: Declared['manages']): Diagnosis {
  const title = 'function'
  const detail = `${lambdaName} is not in this account and Region`
  if (manages === 'function')
    return { title, outcome: 'note', detail: `${detail}; the first deploy makes it` }
  return {
    title,
    outcome: 'fail',
    detail: `${detail}, and lambdactl does not make it (manages: code)`,
    next: ['Make it with its own tool, or correct name: and the Region.'],
    code: 'NOT_FOUND',
  }
}

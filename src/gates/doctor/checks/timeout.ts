import type { Trigger } from '../../../release/values/observed.ts'
import type { Diagnosis, Ways } from '../diagnosis.ts'

/** The facts about a function's time-out. */
export interface TimedFunction {
  timeoutSeconds: number
  /** Whether somebody has chosen it; false if the file leaves it out. */
  isChosen: boolean
  triggers: readonly Trigger[]
}

/** API Gateway's usual limit for an integration; a Regional REST API may have a higher one (its quotas, 2026-11). */
const gatewaySeconds = 29
/** Lambda's default. */
const usualSeconds = 3

/** Checks that the time-out is chosen, and shorter than the patience of the callers. */
export function timeoutDiagnosis(
  { timeoutSeconds, isChosen, triggers }: TimedFunction,
  { set }: Ways,
): Diagnosis {
  const title = 'time-out'
  const field = 'timeout'
  const detail = `${timeoutSeconds} s`
  const isByGateway = triggers.some(({ principal = '' }) => principal.startsWith('apigateway.'))
  if (isByGateway && timeoutSeconds > gatewaySeconds)
    return {
      title,
      outcome: 'warn',
      detail: `${detail}, but API Gateway waits ${gatewaySeconds} s for an answer`,
      why: 'The caller gets an error while the function goes on, and is paid for.',
      field,
      ...set({ timeout: `${gatewaySeconds}s` }),
    }
  if (!isChosen && timeoutSeconds === usualSeconds)
    return {
      title,
      outcome: 'warn',
      detail: `${detail} is Lambda's default, which nobody has chosen`,
      why: 'A slow answer of another service ends the invocation half-way.',
      field,
      ...set({ timeout: '10s' }),
    }
  return { title, outcome: 'pass', detail }
}

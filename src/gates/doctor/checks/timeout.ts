import type { Trigger } from '../../../release/values/observed.ts'
import type { Diagnosis, Ways } from '../diagnosis.ts'
import { queuesOf } from './sources.ts'

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
/** Lambda's guide for SQS wants this many time-outs before a queue shows a message again. */
const visibilityFactor = 6

/** Checks that the time-out is chosen, and shorter than the patience of the callers. */
export function timeoutDiagnosis(
  { timeoutSeconds, isChosen, triggers }: TimedFunction,
  { set, aws }: Ways,
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
  const queues = queuesOf(triggers)
  if (queues.length === 0) return { title, outcome: 'pass', detail }
  const wanted = timeoutSeconds * visibilityFactor
  return {
    title,
    outcome: 'note',
    detail: `${detail}; not checked: whether ${queues.map(({ name }) => name).join(', ')} hides a message for at least ${wanted} s (${visibilityFactor} time-outs), which only SQS tells`,
    mends: queues.map(({ url }) => ({
      where: 'To see the visibility time-out',
      language: 'sh',
      text: aws('sqs get-queue-attributes', '--queue-url', url, '--attribute-names', 'VisibilityTimeout'),
    })),
  }
}

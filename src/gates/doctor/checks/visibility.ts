import type { Diagnosis, Mend, Ways } from '../diagnosis.ts'
import { urlOf } from './sources.ts'

/** A queue that an event source mapping reads. */
export interface FoundQueue {
  arn: string
  /** How long Lambda gathers a batch, seconds. */
  windowSeconds: number
  /** How long the queue hides a received message, seconds; `unknown` without the permission. */
  hidesSeconds: number | 'absent' | 'unknown'
}

const title = 'visibility'
/** Lambda's guide for SQS wants this many time-outs, and the window of a batch, before a queue shows a message again. */
const factor = 6
/** The longest that SQS hides a message, seconds. */
const mostSeconds = 43_200

/** Checks that no queue shows a message again while the function may still work on it. */
export function visibilityDiagnosis(
  timeoutSeconds: number,
  queues: readonly FoundQueue[],
  { aws }: Ways,
): Diagnosis {
  if (queues.length === 0) return { title, outcome: 'pass', detail: 'no queue of its mappings' }
  const judged = queues.map((queue) => ({
    ...queue,
    name: queue.arn.split(':').at(-1) ?? '',
    wanted: Math.min(mostSeconds, timeoutSeconds * factor + queue.windowSeconds),
  }))
  const absent = judged.filter(({ hidesSeconds }) => hidesSeconds === 'absent')
  const short = judged.filter(
    ({ hidesSeconds, wanted }) => typeof hidesSeconds === 'number' && hidesSeconds < wanted,
  )
  const unknown = judged.filter(({ hidesSeconds }) => hidesSeconds === 'unknown')
  if (absent.length + short.length > 0)
    return {
      title,
      outcome: 'warn',
      detail: [
        ...absent.map(({ name }) => `${name} does not exist`),
        ...short.map(
          ({ name, hidesSeconds, wanted }) =>
            `${name} shows a message again after ${hidesSeconds} s, and should after ${wanted} s (${factor} time-outs)`,
        ),
      ].join('; '),
      ...(short.length > 0 && { why: 'A message that is still worked on, or throttled, comes again.' }),
      field: 'timeout',
      mends: short.map(({ arn, name, wanted }) => setting(arn, name, wanted, aws)),
    }
  if (unknown.length > 0)
    return {
      title,
      outcome: 'note',
      detail: `not checked: it needs sqs:GetQueueAttributes on ${unknown.map(({ arn }) => arn).join(', ')}`,
    }
  return { title, outcome: 'pass', detail: `its queues hide a message for at least ${factor} time-outs` }
}

function setting(arn: string, name: string, seconds: number, aws: Ways['aws']): Mend {
  const words = ['--queue-url', urlOf(arn), '--attributes', `VisibilityTimeout=${seconds}`]
  return { where: `For ${name}`, language: 'sh', text: aws('sqs set-queue-attributes', ...words) }
}

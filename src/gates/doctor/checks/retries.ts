import type { Trigger } from '../../../release/values/observed.ts'
import type { Diagnosis, Ways } from '../diagnosis.ts'

/** The facts about asynchronous events of a function. */
export interface AsyncFunction {
  alias: string
  /** The triggers whose events nobody waits for. */
  callers: readonly Trigger[]
  /** The callers whose failed events go nowhere. */
  losing: readonly Trigger[]
  /** The ARN of a queue for failed events, as advice names it. */
  queue: string
}

/** Services that invoke without waiting, by Lambda's guide (2026-11); some name their Region. */
const services =
  /^(?:s3|sns|events|ses|iot|logs|config|codecommit|cloudformation)\.(?:[a-z0-9-]+\.)?amazonaws\./

/** The triggers whose events nobody waits for: Lambda retries a failed one twice, and then drops it. */
export function asyncCallers(triggers: readonly Trigger[]): Trigger[] {
  return triggers.filter(({ principal = '' }) => services.test(principal))
}

/** Checks that asynchronous events that fail to the end are kept somewhere. */
export function retriesDiagnosis(
  { alias, callers, losing, queue }: AsyncFunction,
  { set, aws }: Ways,
): Diagnosis {
  const title = 'failed events'
  if (callers.length === 0)
    return { title, outcome: 'pass', detail: 'no service of its policy invokes it asynchronously' }
  if (losing.length === 0)
    return { title, outcome: 'pass', detail: 'asynchronous events that fail to the end are kept' }
  const names = losing.map(({ description }) => description).join(', ')
  const past = losing.filter(({ qualifier }) => qualifier !== alias)
  const { mends = [], next = [] } = set({ onFailure: queue })
  const name = queue.split(':').at(-1) ?? ''
  return {
    title,
    outcome: 'warn',
    detail: `events of ${names} that fail to the end have no destination and no dead-letter queue`,
    why: 'Lambda drops such an event after its retries, and nothing keeps it.',
    field: 'onFailure',
    mends: [
      {
        where: 'A queue for them; the role needs sqs:SendMessage on it',
        language: 'sh',
        text: aws('sqs create-queue', '--queue-name', name),
      },
      ...mends,
    ],
    next: [
      ...next,
      ...(past.length > 0
        ? [
            `onFailure holds for ${alias}: put ${past.map(({ description }) => description).join(', ')} on it first (the check callers says how)`,
          ]
        : []),
    ],
  }
}

import type { Trigger } from '../../../release/values/observed.ts'
import type { Diagnosis, Ways } from '../diagnosis.ts'
import { isQueue } from './sources.ts'

/** The facts about a function's concurrency, in concurrent executions. */
export interface FoundConcurrency {
  /** Undefined: nothing is reserved. */
  reserved: number | undefined
  /** Provisioned on all its versions and aliases. */
  provisioned: number
  triggers: readonly Trigger[]
}

/** Checks a reservation against its parts: it is a limit too. */
export function concurrencyDiagnosis(
  { reserved, provisioned, triggers }: FoundConcurrency,
  ways: Ways,
): Diagnosis {
  const title = 'concurrency'
  if (reserved === undefined)
    return { title, outcome: 'pass', detail: 'nothing is reserved: it shares the rest of the account' }
  const reserve = (amount: number | 'none', purpose: string): Pick<Diagnosis, 'mends'> => ({
    mends: [{ where: purpose, language: 'sh', text: ways.command('concurrency reserve', String(amount)) }],
  })
  if (reserved === 0)
    return {
      title,
      outcome: 'warn',
      detail: 'its reserved concurrency is 0, so it is stopped',
      why: 'Lambda throttles every invocation.',
      field: 'reservedConcurrency',
      next: [`If it was stopped by \`concurrency stop\`: ${ways.command('concurrency start')}`],
      ...reserve('none', 'To remove the reservation'),
    }
  const most = Math.max(0, ...triggers.map(({ batches }) => queueLimit(batches)))
  if (most > reserved)
    return {
      title,
      outcome: 'warn',
      detail: `a queue's mapping invokes up to ${most} at a time, but only ${reserved} are reserved`,
      why: 'Lambda throttles the rest, and their messages go to the dead-letter queue unseen by the function.',
      field: 'reservedConcurrency',
      ...reserve(most, 'To reserve as many'),
    }
  if (provisioned >= reserved)
    return {
      title,
      outcome: 'warn',
      detail: `${provisioned} of its ${reserved} reserved are provisioned`,
      why: 'Nothing is left for a burst, nor for the environments of the next release.',
      field: 'reservedConcurrency',
      ...reserve(provisioned * 2, 'To have room for both versions of a release'),
    }
  return { title, outcome: 'pass', detail: `${reserved} reserved, ${provisioned} of them provisioned` }
}

function queueLimit(batches: Trigger['batches']): number {
  return batches && isQueue(batches.source) ? (batches.mostConcurrent ?? 0) : 0
}

import type { BatchSettings, Trigger } from '../../../release/values/observed.ts'
import type { Diagnosis, Mend, Ways } from '../diagnosis.ts'
import { isQueue, isStream } from './sources.ts'

interface Mapping extends BatchSettings {
  uuid: string
}

/** Checks that a failed item of a batch does not bring the others again. */
export function batchesDiagnosis(triggers: readonly Trigger[], { aws }: Ways): Diagnosis {
  const title = 'partial batches'
  const mappings = mappingsOf(triggers).filter(({ source }) => isQueue(source) || isStream(source))
  if (mappings.length === 0) return { title, outcome: 'pass', detail: 'no queue or stream of its mappings' }
  const whole = mappings.filter(({ reportsFailedItems }) => !reportsFailedItems)
  if (whole.length === 0) return { title, outcome: 'pass', detail: 'the function tells which items failed' }
  return {
    title,
    outcome: 'warn',
    detail: `a failed item brings back its whole batch from ${names(whole)}`,
    why: 'Items that succeeded are processed again, and go with it to the dead-letter queue.',
    next: ['First let the handler return batchItemFailures: after the command its answer decides.'],
    mends: updates(whole, aws, '--function-response-types', 'ReportBatchItemFailures'),
  }
}

/** Checks that a record that always fails does not hold up its stream. */
export function streamsDiagnosis(triggers: readonly Trigger[], { aws }: Ways): Diagnosis {
  const title = 'stream retries'
  const streams = mappingsOf(triggers).filter(({ source }) => isStream(source))
  if (streams.length === 0) return { title, outcome: 'pass', detail: 'no stream of its mappings' }
  const endless = streams.filter(({ retries }) => retries === undefined)
  if (endless.length === 0)
    return { title, outcome: 'pass', detail: 'a record that always fails is given up' }
  return {
    title,
    outcome: 'warn',
    detail: `a failing record of ${names(endless)} is tried until it expires`,
    why: 'All later records of its shard wait, up to a day or more.',
    next: ['To keep what is given up, add --destination-config with the ARN of a queue under OnFailure.'],
    mends: updates(endless, aws, '--maximum-retry-attempts', '3', '--bisect-batch-on-function-error'),
  }
}

/** A command for each mapping that changes its settings. */
function updates(mappings: readonly Mapping[], aws: Ways['aws'], ...options: string[]): Mend[] {
  return mappings.map(({ uuid, source }) => ({
    where: `For ${source}`,
    language: 'sh',
    text: aws('lambda update-event-source-mapping', '--uuid', uuid, ...options),
  }))
}

function mappingsOf(triggers: readonly Trigger[]): Mapping[] {
  return triggers.flatMap(({ batches, uuid }) =>
    batches && uuid !== undefined ? [{ ...batches, uuid }] : [],
  )
}

function names(mappings: readonly Mapping[]): string {
  return mappings.map(({ source }) => source).join(', ')
}

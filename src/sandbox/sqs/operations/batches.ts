import type { BatchResultErrorEntry } from '@aws-sdk/client-sqs'
import { ServiceError } from '../../protocol/service-error.ts'
import { otherCodes } from '../queues/errors.ts'

/** SQS's limit of entries of a batch. */
const mostEntries = 10

/**
 * Runs the entries of a batch one by one; a refused one does not stop the others.
 *
 * @param action names the batch in errors, as in `SendMessageBatch`
 * @throws ServiceError 400 for entries that are no batch
 */
export function eachOf<Entry extends { Id: string | undefined }, Result>(
  action: string,
  entries: readonly Entry[] = [],
  run: (entry: Entry) => Result,
): { Successful: (Result & { Id: string })[]; Failed: BatchResultErrorEntry[] } {
  checkEntries(action, entries)
  const done: (Result & { Id: string })[] = []
  const failed: BatchResultErrorEntry[] = []
  for (const entry of entries) {
    const Id = entry.Id ?? ''
    try {
      done.push({ ...run(entry), Id })
    } catch (error) {
      if (!(error instanceof ServiceError)) throw error
      const { code, message } = error
      failed.push({ Id, Code: otherCodes.get(code) ?? code, Message: message, SenderFault: true })
    }
  }
  return { Successful: done, Failed: failed }
}

function checkEntries(action: string, entries: readonly { Id: string | undefined }[]): void {
  if (entries.length === 0) {
    throw refuse('EmptyBatchRequest', `There should be at least one ${action}RequestEntry in the request.`)
  }
  if (entries.length > mostEntries) {
    const message = `Maximum number of entries per request are ${mostEntries}. You have sent ${entries.length}.`
    throw refuse('TooManyEntriesInBatchRequest', message)
  }
  const ids = entries.map(({ Id = '' }) => Id)
  if (ids.some((id) => !/^[\w-]{1,80}$/.test(id))) {
    const message =
      'A batch entry id can only contain alphanumeric characters, hyphens and underscores. It can be at most 80 letters long.'
    throw refuse('InvalidBatchEntryId', message)
  }
  const twice = ids.find((id, index) => ids.indexOf(id) !== index)
  if (twice !== undefined) throw refuse('BatchEntryIdsNotDistinct', `Id ${twice} repeated.`)
}

function refuse(code: string, message: string): ServiceError {
  return new ServiceError(code, 400, message)
}

import type {
  BatchResultErrorEntry,
  PublishBatchInput,
  PublishBatchRequestEntry,
  PublishBatchResponse,
  PublishInput,
} from '@aws-sdk/client-sns'
import { accepting } from '../../protocol/accepting.ts'
import type { Operations } from '../../protocol/service.ts'
import { ServiceError } from '../../protocol/service-error.ts'
import type { Publish, Published } from '../topics/publisher.ts'
import type { TopicBook } from '../topics/records.ts'
import { draftOf } from './draft.ts'
import { requestedTopic } from './requested.ts'

const members = [
  'TopicArn',
  'TargetArn',
  'Message',
  'Subject',
  'MessageStructure',
  'MessageAttributes',
  'MessageDeduplicationId',
  'MessageGroupId',
] as const

export function publishOperations(book: TopicBook, publish: Publish): Operations {
  return {
    Publish: accepting<PublishInput>(members, (input) => {
      const topic = requestedTopic(book, input.TopicArn ?? input.TargetArn)
      return publish(topic, draftOf(topic, input))
    }),
    PublishBatch: (input: PublishBatchInput) => publishBatch(book, publish, input),
  }
}

/** A refused entry does not stop the others. */
async function publishBatch(
  book: TopicBook,
  publish: Publish,
  { TopicArn, PublishBatchRequestEntries: entries = [] }: PublishBatchInput,
): Promise<PublishBatchResponse> {
  const topic = requestedTopic(book, TopicArn)
  checkEntries(entries)
  const Successful: (Published & { Id: string })[] = []
  const Failed: BatchResultErrorEntry[] = []
  for (const { Id = '', ...entry } of entries) {
    try {
      Successful.push({ Id, ...(await publish(topic, draftOf(topic, entry))) })
    } catch (error) {
      if (!(error instanceof ServiceError)) throw error
      const Code = error.code.replace(/Exception$/, '')
      Failed.push({ Id, Code, Message: error.message, SenderFault: true })
    }
  }
  return { Successful, Failed }
}

/** The most entries of a batch, and the most bytes of them together. */
const mostEntries = 10
const largestBatch = 262_144

function checkEntries(entries: readonly PublishBatchRequestEntry[]): void {
  if (entries.length === 0)
    throw refuse('EmptyBatchRequestException', "The batch request doesn't contain any entries.")
  if (entries.length > mostEntries)
    throw refuse(
      'TooManyEntriesInBatchRequestException',
      'The batch request contains more entries than permissible.',
    )
  const ids = entries.map(({ Id = '' }) => Id)
  if (ids.some((id) => !/^[\w-]{1,80}$/.test(id)))
    throw refuse(
      'InvalidBatchEntryIdException',
      "The Id of a batch entry in a batch request doesn't abide by the specification.",
    )
  if (new Set(ids).size < ids.length)
    throw refuse(
      'BatchEntryIdsNotDistinctException',
      'Two or more batch entries in the request have the same Id.',
    )
  const bytes = entries.reduce((sum, { Message = '' }) => sum + Buffer.byteLength(Message), 0)
  if (bytes > largestBatch)
    throw refuse(
      'BatchRequestTooLongException',
      'The length of all the batch messages put together is more than the limit.',
    )
}

function refuse(code: string, message: string): ServiceError {
  return new ServiceError(code, 400, message)
}

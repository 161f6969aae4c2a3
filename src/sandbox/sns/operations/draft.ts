import { createHash } from 'node:crypto'
import type { PublishBatchRequestEntry, PublishInput } from '@aws-sdk/client-sns'
import { ServiceError } from '../../protocol/service-error.ts'
import { keptAttribute } from '../../sqs/operations/message-attributes.ts'
import { invalidParameter } from '../topics/errors.ts'
import type { Draft } from '../topics/publisher.ts'
import { isFifo, type TopicRecord } from '../topics/records.ts'

type Given = Pick<
  PublishInput & PublishBatchRequestEntry,
  'Subject' | 'MessageStructure' | 'MessageAttributes' | 'MessageDeduplicationId' | 'MessageGroupId'
> & { Message: string | undefined }

/** SNS's limit of a message with its attributes, and of a batch; bytes. */
const largest = 262_144

/** A message that can be published. @throws ServiceError 400 */
export function draftOf(topic: TopicRecord, given: Given): Draft {
  const { Message: text = '', Subject: subject } = given
  if (text === '') throw invalidParameter('Empty message')
  if (Buffer.byteLength(text) > largest) throw invalidParameter('Message too long')
  if (subject !== undefined && !/^(?=\S)[\x20-\x7e]{1,100}$/.test(subject)) throw invalidParameter('Subject')
  const fifo = isFifo(topic) ? fifoOf(topic, given) : undefined
  if (!fifo && given.MessageDeduplicationId !== undefined)
    throw invalidParameter(
      'MessageDeduplicationId Reason: The request includes MessageDeduplicationId parameter that is not valid for this topic type',
    )
  return {
    textFor: textsOf(text, given.MessageStructure),
    subject,
    attributes: attributesOf(given.MessageAttributes),
    ...(fifo && { fifo }),
  }
}

function fifoOf(topic: TopicRecord, { Message = '', MessageGroupId, MessageDeduplicationId }: Given) {
  if (!MessageGroupId) throw invalidParameter('The MessageGroupId parameter is required for FIFO topics')
  const isByContent = topic.attributes['ContentBasedDeduplication'] === 'true'
  const deduplication =
    MessageDeduplicationId ?? (isByContent ? createHash('sha256').update(Message).digest('hex') : undefined)
  if (deduplication === undefined)
    throw invalidParameter(
      'The topic should either have ContentBasedDeduplication enabled or MessageDeduplicationId provided explicitly',
    )
  return { group: MessageGroupId, deduplication }
}

function textsOf(text: string, structure: string | undefined): Draft['textFor'] {
  if (structure === undefined || structure === '') return () => text
  if (structure !== 'json') throw invalidParameter('MessageStructure')
  const texts = parsed(text)
  const usual = texts['default']
  if (typeof usual !== 'string')
    throw invalidParameter('Message Structure - No default entry in JSON message body')
  return (protocol) => {
    const own = texts[protocol]
    return typeof own === 'string' ? own : usual
  }
}

function parsed(text: string): Record<string, unknown> {
  try {
    return Object(JSON.parse(text)) as Record<string, unknown>
  } catch {
    throw invalidParameter('Message Structure - JSON message body failed to parse')
  }
}

function attributesOf(given: Given['MessageAttributes'] = {}): Draft['attributes'] {
  const entries = Object.entries(given)
  if (entries.length === 0) return undefined
  try {
    return Object.fromEntries(entries.map(([name, value]) => [name, keptAttribute(name, value)]))
  } catch (error) {
    // SNS has the words of SQS, and its own name of the error.
    if (error instanceof ServiceError)
      throw new ServiceError('InvalidParameterValueException', 400, error.message)
    throw error
  }
}

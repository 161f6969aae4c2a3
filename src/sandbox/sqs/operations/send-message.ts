import type { SendMessageBatchRequestEntry, SendMessageRequest, SendMessageResult } from '@aws-sdk/client-sqs'
import type { Call } from '../../protocol/service.ts'
import { ServiceError } from '../../protocol/service-error.ts'
import { callerIn } from '../../sts/caller.ts'
import { attributesMd5, md5 } from '../queues/digests.ts'
import { invalidParameter, invalidValue, missingParameter } from '../queues/errors.ts'
import { sequenceNumber } from '../queues/message.ts'
import type { Queue } from '../queues/queue.ts'
import { isFifo, numberOf } from '../queues/queue-record.ts'
import { contentId, put, type Sent } from '../queues/send.ts'
import type { QueueStore } from '../queues/store.ts'
import { attributeBytes, keptAttributes } from './message-attributes.ts'

type Given = Omit<SendMessageRequest, 'QueueUrl'> | Omit<SendMessageBatchRequestEntry, 'Id'>

/** A message that can be put into a queue. @throws ServiceError 400 */
export function checkedMessage({ record }: Queue, given: Given, call: Call): Sent {
  const body = checkedBody(given.MessageBody)
  const attributes = keptAttributes(given.MessageAttributes)
  const most = numberOf(record, 'MaximumMessageSize')
  if (messageBytes({ body, attributes }) > most) {
    throw invalidParameter(
      `One or more parameters are invalid. Reason: Message must be shorter than ${most} bytes.`,
    )
  }
  const { DelaySeconds: delaySeconds } = given
  if (delaySeconds !== undefined && (delaySeconds < 0 || delaySeconds > 900)) {
    throw invalidValue(delaySeconds, 'DelaySeconds', 'DelaySeconds must be >= 0 and <= 900.')
  }
  const trace = traceOf(given)
  return {
    body,
    sender: callerIn(call).userId,
    ...(attributes && { attributes }),
    ...(trace !== undefined && { trace }),
    ...(delaySeconds !== undefined && { delaySeconds }),
    ...(isFifo(record)
      ? fifoMembers(record.attributes['ContentBasedDeduplication'], given, body)
      : groupOf(given)),
  }
}

/** The bytes that count against the largest message. */
export function messageBytes({
  body,
  attributes,
}: {
  body: string
  attributes?: Sent['attributes'] | undefined
}): number {
  return Buffer.byteLength(body) + attributeBytes(attributes)
}

export function sendMessage(store: QueueStore, queue: Queue, sent: Sent, now: number): SendMessageResult {
  const { id, sequence } = put(store, queue, sent, now)
  return {
    MessageId: id,
    MD5OfMessageBody: md5(sent.body),
    ...(sent.attributes && { MD5OfMessageAttributes: attributesMd5(sent.attributes) }),
    ...(isFifo(queue.record) && { SequenceNumber: sequenceNumber({ sequence }) }),
  }
}

function checkedBody(body: string | undefined): string {
  if (!body) throw missingParameter('MessageBody')
  // The characters of XML 1.0.
  // oxlint-disable-next-line no-control-regex
  if (/[^\t\n\r\u{20}-\u{d7ff}\u{e000}-\u{fffd}\u{10000}-\u{10ffff}]/u.test(body)) {
    const message =
      'Invalid characters found. Valid unicode characters are #x9 | #xA | #xD | #x20 to #xD7FF | #xE000 to #xFFFD | #x10000 to #x10FFFF'
    throw new ServiceError('InvalidMessageContents', 400, message)
  }
  return body
}

function traceOf({ MessageSystemAttributes: system = {} }: Given): string | undefined {
  for (const name of Object.keys(system)) {
    if (name !== 'AWSTraceHeader')
      throw invalidParameter(`Message system attribute name '${name}' is invalid.`)
  }
  return system.AWSTraceHeader?.StringValue
}

const wrongKind = 'The request include parameter that is not valid for this queue type.'

/** A standard queue takes a group, for fairness between groups, which the sandbox's queues have anyway. */
function groupOf({
  MessageGroupId: group,
  MessageDeduplicationId: deduplication,
}: Given): Pick<Sent, 'group'> {
  if (deduplication !== undefined) throw invalidValue(deduplication, 'MessageDeduplicationId', wrongKind)
  checkId('MessageGroupId', group)
  return group === undefined ? {} : { group }
}

function fifoMembers(
  isByContent: string | undefined,
  { MessageGroupId: group, MessageDeduplicationId: given, DelaySeconds: delay }: Given,
  body: string,
): Pick<Sent, 'group' | 'deduplication'> {
  if (!group) throw missingParameter('MessageGroupId')
  checkId('MessageGroupId', group)
  checkId('MessageDeduplicationId', given)
  if (delay) throw invalidValue(delay, 'DelaySeconds', wrongKind)
  const deduplication = given ?? (isByContent === 'true' ? contentId(body) : undefined)
  if (deduplication === undefined) {
    throw invalidParameter(
      'The queue should either have ContentBasedDeduplication enabled or MessageDeduplicationId provided explicitly',
    )
  }
  return { group, deduplication }
}

function checkId(parameter: string, id: string | undefined): void {
  if (id === undefined || /^[!-~]{1,128}$/.test(id)) return
  const rule = 'can only include alphanumeric and punctuation characters. 1 to 128 in length.'
  throw invalidValue(id, parameter, `${parameter} ${rule}`)
}

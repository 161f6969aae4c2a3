import type { Target } from '../../delivery/parcel.ts'
import { invalidParameter, notFound } from './errors.ts'
import type { Publish } from './publisher.ts'
import { isFifo, type TopicBook } from './records.ts'

/** Topics for the other services of the sandbox; their policies have no effect. */
export function topicTarget(book: TopicBook, publish: Publish): Target {
  return async (arn, { body, subject, attributes, group, deduplication }) => {
    const topic = book.topics.get(arn)
    if (!topic) throw notFound('Topic')
    if (isFifo(topic) && group === undefined)
      throw invalidParameter('The MessageGroupId parameter is required for FIFO topics')
    await publish(topic, {
      textFor: () => body,
      subject,
      attributes,
      ...(group !== undefined && { fifo: { group, deduplication: deduplication ?? body } }),
    })
  }
}

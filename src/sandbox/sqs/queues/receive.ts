import { randomUUID } from 'node:crypto'
import type { Entry } from './message.ts'
import type { Queue } from './queue.ts'
import { numberOf, redriveOf } from './queue-record.ts'
import type { QueueStore } from './store.ts'

interface Wanted {
  most: number
  visibilityMs: number
  now: number
}

/**
 * Takes ready messages in flight. A message whose time in the queue is over is dropped, and one that was received too
 * often goes to the dead-letter queue, as SQS does when somebody asks for it.
 */
export function take(store: QueueStore, queue: Queue, { most, visibilityMs, now }: Wanted): Entry[] {
  const taken: Entry[] = []
  const retentionMs = numberOf(queue.record, 'MessageRetentionPeriod') * 1000
  const redrive = redriveOf(queue.record)
  const deadLetters = redrive && store.byArn(redrive.deadLetterTargetArn)
  for (const entry of queue.ready(now)) {
    const { message, delivery } = entry
    if (message.sentAt + retentionMs <= now) queue.remove(entry)
    else if (deadLetters && delivery.receives >= redrive.maxReceiveCount) {
      store.moveToDeadLetters(queue, entry, deadLetters)
    } else {
      const receives = delivery.receives + 1
      const { firstReceivedAt = now } = delivery
      const visibleAt = now + visibilityMs
      queue.deliver(entry, { visibleAt, receives, firstReceivedAt, receipt: randomUUID() }, 'inFlight')
      taken.push(entry)
    }
    if (taken.length === most) break
  }
  queue.activity.received += taken.length
  if (taken.length === 0) queue.activity.empty += 1
  return taken
}

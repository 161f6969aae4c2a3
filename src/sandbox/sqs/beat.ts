import type { MetricSink } from '../telemetry.ts'
import type { Queue } from './queues/queue.ts'
import { numberOf } from './queues/queue-record.ts'
import type { QueueStore } from './queues/store.ts'

/** SQS tells CloudWatch of its queues each minute, milliseconds. */
export const beatMs = 60_000

/**
 * Tells the metrics of all queues: their depths now, and what was done since the last call. Drops the messages whose
 * time is over, and the ids of earlier ones that count as duplicates no more.
 */
export function beat(store: QueueStore, metrics: MetricSink, now: number): void {
  for (const queue of store.all()) {
    dropOld(queue, now)
    queue.wake(now)
    const { record } = queue
    const dimensions = { QueueName: record.name }
    const told = { namespace: 'AWS/SQS', dimensions, timestamp: now }
    metrics.record(record.region, [
      ...Object.entries(countsOf(queue)).map(([name, value]) => ({ ...told, name, value, unit: 'Count' })),
      { ...told, name: 'ApproximateAgeOfOldestMessage', value: oldestAge(queue, now), unit: 'Seconds' },
    ])
    queue.activity = { sent: 0, received: 0, deleted: 0, empty: 0 }
  }
  for (const [key, { until }] of store.duplicates) if (until <= now) store.duplicates.delete(key)
}

function countsOf({ counts, activity }: Queue): Record<string, number> {
  return {
    ApproximateNumberOfMessagesVisible: counts.ready,
    ApproximateNumberOfMessagesNotVisible: counts.inFlight,
    ApproximateNumberOfMessagesDelayed: counts.delayed,
    NumberOfMessagesSent: activity.sent,
    NumberOfMessagesReceived: activity.received,
    NumberOfMessagesDeleted: activity.deleted,
    NumberOfEmptyReceives: activity.empty,
  }
}

function dropOld(queue: Queue, now: number): void {
  const sentBefore = now - numberOf(queue.record, 'MessageRetentionPeriod') * 1000
  for (const entry of queue.all()) if (entry.message.sentAt <= sentBefore) queue.remove(entry)
}

/** Seconds. */
function oldestAge(queue: Queue, now: number): number {
  let oldest = now
  for (const { message } of queue.all()) oldest = Math.min(oldest, message.sentAt)
  return Math.floor((now - oldest) / 1000)
}

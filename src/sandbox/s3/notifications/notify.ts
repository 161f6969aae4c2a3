import { partitionOf } from '../../../function/values/partition.ts'
import type { Delivery } from '../../delivery/parcel.ts'
import type { Caller } from '../../functions.ts'
import type { NotificationRule, ObjectEvent } from '../storage/notifications.ts'
import type { Bucket, S3Context } from '../storage/store.ts'
import { covers } from './overlap.ts'
import { bucketArn, busEvent, s3Message, type Told } from './records.ts'

/** S3 as the policy of a destination sees it. */
export function s3As(bucket: Bucket, account: string): Caller {
  return { principals: ['s3.amazonaws.com'], sourceArn: bucketArn(bucket), sourceAccount: account }
}

/** Tells the destinations of buckets about their objects. It says on stderr which notification a destination refused. */
export function createNotifier(
  { deliver }: Pick<Delivery, 'deliver'>,
  clock: () => number,
): S3Context['notify'] {
  const sequencer = createSequencer(clock)
  return async (bucket, event) => {
    const { notifications } = bucket
    if (!notifications) return
    const rules = notifications.rules.filter((rule) => takes(rule, event))
    if (rules.length === 0 && !notifications.eventBridge) return
    const told: Told = { bucket, event, time: clock(), sequencer: sequencer() }
    const from = s3As(bucket, event.by.account)
    const parcels = rules.map(
      (rule) => [rule.target, { body: JSON.stringify(s3Message(rule, told)) }] as const,
    )
    const all = notifications.eventBridge
      ? [...parcels, [busOf(bucket, event.by.account), busEvent(told)] as const]
      : parcels
    for (const [target, parcel] of all) {
      const refusal = await deliver(target, parcel, from)
      if (!refusal) continue
      console.error(
        `The notification of ${bucket.name}/${event.key} is lost: ${refusal.code}: ${refusal.message}: ${target}`,
      )
    }
  }
}

function takes({ events, prefix = '', suffix = '' }: NotificationRule, { name, key }: ObjectEvent): boolean {
  const isWanted = events.some((wanted) => covers(wanted, `s3:${name}`))
  return isWanted && key.startsWith(prefix) && key.endsWith(suffix)
}

function busOf({ region }: Bucket, account: string): string {
  return `arn:${partitionOf(region)}:events:${region}:${account}:event-bus/default`
}

/** Numbers that grow, also from one sandbox to the next with the same state. */
function createSequencer(clock: () => number): () => string {
  let last = 0
  return () => {
    last = Math.max(last + 1, clock() * 1024)
    return last.toString(16).toUpperCase().padStart(18, '0')
  }
}

import { ownEntry } from '../../own-entry.ts'
import type { LambdaContext } from '../records/context.ts'
import type { MappingRecord } from '../records/mappings.ts'
import { pollQueue } from './poll-queue.ts'
import { pollStream } from './poll-stream.ts'

/** Reads the sources of event source mappings. */
export interface Pollers {
  /** Begins to poll for a mapping that has been enabled, unless it is polled already. */
  follow(uuid: string): void
  close(): void
}

/** Queues and streams are read. A mapping that is disabled or deleted is left by its poller. */
export function createPollers(context: LambdaContext): Pollers {
  const polled = new Set<string>()
  let isClosed = false
  const find = (uuid: string): MappingRecord | undefined => {
    const mapping = isClosed ? undefined : context.mappings.get(uuid)
    return mapping && isPolled(mapping) ? mapping : undefined
  }
  const follow = (uuid: string) => {
    const mapping = find(uuid)
    const poll = mapping && pollOf(mapping)
    if (polled.has(uuid) || !poll) return
    polled.add(uuid)
    const left = () => {
      polled.delete(uuid)
      // It may have been enabled again just before.
      follow(uuid)
    }
    poll(context, () => find(uuid)).then(left, (error: unknown) => console.error(error))
  }
  return {
    follow,
    close() {
      isClosed = true
    },
  }
}

/** Reads a source for a mapping until the mapping is disabled or deleted. */
type Poll = (context: LambdaContext, find: () => MappingRecord | undefined) => Promise<void>

const polls: Readonly<Record<string, Poll>> = { sqs: pollQueue, kinesis: pollStream, dynamodb: pollStream }

function pollOf({ settings }: MappingRecord): Poll | undefined {
  return ownEntry(polls, settings.EventSourceArn?.split(':')[2] ?? '')
}

function isPolled({ state, isEnabled }: MappingRecord): boolean {
  return isEnabled && (state === 'Enabled' || state === 'Updating')
}

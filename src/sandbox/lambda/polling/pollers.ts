import type { LambdaContext } from '../records/context.ts'
import type { MappingRecord } from '../records/mappings.ts'
import { pollQueue } from './poll-queue.ts'

/** Reads the sources of event source mappings. */
export interface Pollers {
  /** Begins to poll for a mapping that has been enabled, unless it is polled already. */
  follow(uuid: string): void
  close(): void
}

/** Only queues are read. A mapping that is disabled or deleted is left by its poller. */
export function createPollers(context: LambdaContext): Pollers {
  const polled = new Set<string>()
  let isClosed = false
  const find = (uuid: string): MappingRecord | undefined => {
    const mapping = isClosed ? undefined : context.mappings.get(uuid)
    return mapping && isPolled(mapping) ? mapping : undefined
  }
  const follow = (uuid: string) => {
    if (polled.has(uuid) || !find(uuid)) return
    polled.add(uuid)
    const left = () => {
      polled.delete(uuid)
      // It may have been enabled again just before.
      follow(uuid)
    }
    pollQueue(context, () => find(uuid)).then(left, (error: unknown) => console.error(error))
  }
  return {
    follow,
    close() {
      isClosed = true
    },
  }
}

function isPolled({ state, isEnabled, settings }: MappingRecord): boolean {
  const isQueue = settings.EventSourceArn?.split(':')[2] === 'sqs'
  return isQueue && isEnabled && (state === 'Enabled' || state === 'Updating')
}

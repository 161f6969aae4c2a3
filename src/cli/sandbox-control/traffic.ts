import type { EventSource } from '../../sandbox/own/sample-event.ts'
import type { TrafficOptions } from '../../workflows/drive-traffic.ts'
import type { FoundKey } from '../sandbox-key/key-file.ts'
import { hasEnded, type NamedTarget, targetIn } from './named-target.ts'
import { eventSender } from './send-event.ts'

/** The events of some traffic. */
export interface TrafficEvents {
  /** The source of which each is an event; undefined: each is `event` itself. */
  source: EventSource | undefined
  /** The event, in JSON; with a source the content of its message. */
  event: string | undefined
}

/** Traffic that is ready to begin. */
export interface PreparedTraffic {
  invoke: TrafficOptions['invoke']
  /** How much faster than real time the sandbox's clock runs. */
  speed: number
}

/**
 * Prepares invocations of a function in a sandbox, or events for it.
 *
 * @throws LambdactlError NOT_FOUND if the sandbox has no such function, USAGE if several Regions have it
 */
export async function prepareTraffic(
  key: FoundKey,
  named: NamedTarget,
  { source, event }: TrafficEvents,
): Promise<PreparedTraffic> {
  if (source) {
    const { send, speed } = await eventSender(key, named, source, event)
    return { invoke: send, speed }
  }
  const { target, speed } = await targetIn(key, named)
  const { invoker } = await import('../../sandbox/own/invoke-function.ts')
  const invoke = invoker(key, target)
  const payload = Buffer.from(event ?? '{}')
  return {
    invoke: () => invoke(payload).catch((cause: unknown) => Promise.reject(hasEnded(key, cause))),
    speed,
  }
}

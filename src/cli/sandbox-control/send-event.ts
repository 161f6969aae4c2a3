import type { EventSource } from '../../sandbox/own/sample-event.ts'
import type { FoundKey } from '../sandbox-key/key-file.ts'
import { hasEnded, type NamedTarget, targetIn } from './traffic.ts'

export type { EventSource } from '../../sandbox/own/sample-event.ts'

/** The answer of a function to an event that was made for it. */
export interface EventAnswer {
  function: string
  source: EventSource
  /** The event as the function got it. */
  sent: object
  /** The version that ran; absent if none did. */
  version?: string
  /** The failure of the function, of Lambda or of the connection. */
  error?: string
  /** The answer of the function as text, as in JSON. */
  answer: string
  durationMs: number
}

/**
 * Invokes a function of a sandbox with an event of a source.
 *
 * @param body the content of the event's message
 * @throws LambdactlError NOT_FOUND if the sandbox has no such function, USAGE if several Regions have it
 */
export async function sendEvent(
  key: FoundKey,
  named: NamedTarget,
  source: EventSource,
  body: string,
): Promise<EventAnswer> {
  const { target, time } = await targetIn(key, named)
  const { sampleEvent } = await import('../../sandbox/own/sample-event.ts')
  const { invoker } = await import('../../sandbox/own/invoke-function.ts')
  const sent = sampleEvent(source, { body, region: target.region, time })
  const invoke = invoker(key, target, Buffer.from(JSON.stringify(sent)))
  const {
    payload = '',
    durationMs,
    ...told
  } = await invoke().catch((cause: unknown) => {
    throw hasEnded(key, cause)
  })
  return { function: named.text, source, sent, ...told, answer: payload, durationMs: Math.round(durationMs) }
}

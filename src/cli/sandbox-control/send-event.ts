import type { EventSource } from '../../sandbox/own/sample-event.ts'
import type { FoundKey } from '../sandbox-key/key-file.ts'
import { hasEnded, type NamedTarget, targetIn } from './traffic.ts'

export type { EventSource } from '../../sandbox/own/sample-event.ts'

/** The answer of a function to an event that was made for it. */
export interface EventAnswer {
  function: string
  source: EventSource
  /** The event as the function got it, or as its source got it. */
  sent: object
  /** The ARN of the source that took the event, which a mapping of the function reads; absent if it was invoked. */
  through?: string
  /** The version that ran; absent if none did. */
  version?: string
  /** The failure of the function, of Lambda or of the connection. */
  error?: string
  /** The answer of the function as text, as in JSON; empty if a source took the event. */
  answer: string
  durationMs: number
}

/**
 * Sends an event to a function of a sandbox: through the source that a mapping of it reads, or else by an invocation.
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
  const began = performance.now()
  const { sendThrough } = await import('../../sandbox/own/send-through.ts')
  const through = await sendThrough(key, target, source, body)
  if (through) {
    const durationMs = Math.round(performance.now() - began)
    return { function: named.text, source, ...through, answer: '', durationMs }
  }
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

import type { Fed } from '../../sandbox/delivery/feed.ts'
import type { TrafficTarget } from '../../sandbox/own/invoke-function.ts'
import type { FeedRequest } from '../../sandbox/own/own-answer.ts'
import type { EventSource } from '../../sandbox/own/sample-event.ts'
import type { FoundKey } from '../sandbox-key/key-file.ts'
import { askOwn } from './ask-own.ts'
import { hasEnded, type NamedTarget, targetIn } from './traffic.ts'

export type { EventSource } from '../../sandbox/own/sample-event.ts'

/** The answer of a function to an event that was made for it. */
export interface EventAnswer {
  function: string
  source: EventSource
  /** The event as the function got it, or as its source got it. */
  sent: object
  /** The ARN of the source that took the event and hands it to the function; absent if the function was invoked. */
  through?: string
  /** The version that ran; absent if none did. */
  version?: string
  /** The failure of the function, of Lambda or of the connection. */
  error?: string
  /** The answer of the function as text, as in JSON; empty if a source took the event. */
  answer: string
  durationMs: number
}

/** The content of an event to which nobody gave one. */
const usualContent = '{}'

/**
 * Sends an event to a function of a sandbox: through a source that has it as a target, or else by an invocation.
 *
 * @param content of the event's message; undefined for one that fits the source
 * @throws LambdactlError NOT_FOUND if the sandbox has no such function, USAGE if several Regions have it
 */
export async function sendEvent(
  key: FoundKey,
  named: NamedTarget,
  source: EventSource,
  content: string | undefined,
): Promise<EventAnswer> {
  const { target, time } = await targetIn(key, named)
  const began = performance.now()
  const through = await throughSource(key, target, source, content)
  if (through) {
    const durationMs = Math.round(performance.now() - began)
    return { function: named.text, source, ...through, answer: '', durationMs }
  }
  const { sampleEvent } = await import('../../sandbox/own/sample-event.ts')
  const { invoker } = await import('../../sandbox/own/invoke-function.ts')
  const sent = sampleEvent(source, { body: content ?? usualContent, region: target.region, time })
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

/** Sends an event through a source of the sandbox. @returns undefined if none is the function's */
async function throughSource(
  key: FoundKey,
  target: TrafficTarget,
  source: EventSource,
  content: string | undefined,
): Promise<Fed | undefined> {
  const body: FeedRequest = { source, ...target, content }
  const { through, sent } = await askOwn<Partial<Fed>>(key, { method: 'POST', path: '/events', body })
  return through !== undefined && sent ? { through, sent } : undefined
}

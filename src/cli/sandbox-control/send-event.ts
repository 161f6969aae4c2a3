import type { Fed } from '../../sandbox/delivery/feed.ts'
import type { TrafficTarget } from '../../sandbox/own/invoke-function.ts'
import type { FeedRequest } from '../../sandbox/own/own-answer.ts'
import type { EventSource } from '../../sandbox/own/sample-event.ts'
import type { FoundKey } from '../sandbox-key/key-file.ts'
import { askOwn } from './ask-own.ts'
import { hasEnded, type NamedTarget, targetIn } from './named-target.ts'

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

/** The part of an answer that is of one event, and not of the command. */
type SentEvent = Omit<EventAnswer, 'function' | 'source'>

/** Sends events of one source to one function of a sandbox. */
export interface EventSender {
  /** Sends one: through a source that has the function as a target, or else by an invocation. */
  send: () => Promise<SentEvent>
  /** How much faster than real time the sandbox's clock runs. */
  speed: number
}

/**
 * Prepares events for a function of a sandbox.
 *
 * @param content of the message of each; undefined for one that fits the source
 * @throws LambdactlError NOT_FOUND if the sandbox has no such function, USAGE if several Regions have it
 */
export async function eventSender(
  key: FoundKey,
  named: NamedTarget,
  source: EventSource,
  content: string | undefined,
): Promise<EventSender> {
  const { target, time, speed } = await targetIn(key, named)
  const { sampleEvent } = await import('../../sandbox/own/sample-event.ts')
  const { invoker } = await import('../../sandbox/own/invoke-function.ts')
  const invoke = invoker(key, target)
  const prepared = performance.now()
  const send = async (): Promise<SentEvent> => {
    const began = performance.now()
    const through = await throughSource(key, target, source, content)
    if (through) return { ...through, answer: '', durationMs: performance.now() - began }
    const facts = { region: target.region, time: Math.round(time + (began - prepared) * speed) }
    const sent = sampleEvent(source, { body: content ?? usualContent, ...facts })
    const { payload = '', ...told } = await invoke(Buffer.from(JSON.stringify(sent))).catch(
      (cause: unknown) => {
        throw hasEnded(key, cause)
      },
    )
    return { sent, ...told, answer: payload }
  }
  return { send, speed }
}

/** Sends one event to a function of a sandbox. @throws LambdactlError as `eventSender` */
export async function sendEvent(
  key: FoundKey,
  named: NamedTarget,
  source: EventSource,
  content: string | undefined,
): Promise<EventAnswer> {
  const { send } = await eventSender(key, named, source, content)
  const { durationMs, ...sent } = await send()
  return { function: named.text, source, ...sent, durationMs: Math.round(durationMs) }
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

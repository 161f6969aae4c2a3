import type { Pluggable } from '@smithy/types'
import { pacedAnswers } from '../answers/paced-answers.ts'
import { readAnswers } from '../answers/read-answers.ts'
import { timeOfHeader } from '../answers/server-time.ts'
import { tellCalls } from '../answers/tell-calls.ts'
import { noteContact } from '../place/first-contact.ts'
import type { Connection } from './connection.ts'
import type { Listeners } from './listeners.ts'

/** The common part of all SDK clients. */
interface SdkClient {
  middlewareStack: { use(plugin: Pluggable<object, object>): void; remove(name: string): boolean }
}

/**
 * Prepares a client of a connection: it refuses answers that are not AWS's, learns the time from them, and reports each
 * request to the listeners.
 */
export function prepare<Client extends object>(client: Client, { listeners, contact }: Connection): Client {
  const { middlewareStack } = client as SdkClient
  // It copies each answer for a log that nobody writes.
  middlewareStack.remove('loggerMiddleware')
  middlewareStack.use(readAnswers((headers, sentAt) => tellTime(listeners, headers, sentAt)))
  middlewareStack.use(pacedAnswers((sample) => listeners.onPace?.(sample)))
  middlewareStack.use(noteContact(contact))
  if (listeners.onCall) middlewareStack.use(tellCalls(listeners.onCall))
  return client
}

/** A cached answer says nothing about the time. */
function tellTime({ onTime }: Partial<Listeners>, headers: Readonly<Record<string, string>>, sentAt: number) {
  const { date, age } = headers
  if (date === undefined || age !== undefined) return
  onTime?.({ date: timeOfHeader(date), sentAt, receivedAt: performance.now() })
}

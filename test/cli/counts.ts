import { subscribe, unsubscribe } from 'node:diagnostics_channel'
import type { IncomingMessage } from 'node:http'
import { onTestFinished } from 'vitest'
import { operationOf } from './operation.ts'

/**
 * Counts the requests that a sandbox of this process gets, by operation, until the test ends. Nothing passes between it
 * and the program, so runs are as fast as without.
 *
 * @param url the address of the sandbox
 * @returns the counts since the last call
 */
export function useCounts(url: string): () => Record<string, number> {
  let counts: Record<string, number> = {}
  const count = (message: unknown) => {
    const { request } = message as { request: IncomingMessage }
    // Handlers get their events from another server.
    if (request.headers.host !== new URL(url).host) return
    const operation = operationOf(request)
    counts[operation] = (counts[operation] ?? 0) + 1
  }
  subscribe('http.server.request.start', count)
  onTestFinished(() => void unsubscribe('http.server.request.start', count))
  return () => {
    const taken = counts
    counts = {}
    return taken
  }
}

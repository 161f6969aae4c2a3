import { lineReader } from '../../../src/logs/lines/read-line.ts'
import type { LogEvent } from '../../../src/logs/model/event.ts'

export const id = '8f2c1a90-1111-4222-8333-444455556666'
export const other = '00000000-aaaa-4bbb-8ccc-dddddddddddd'
export const time = '2026-11-27T03:40:55.123Z'

export function event(message: string, given: Partial<LogEvent> = {}): LogEvent {
  const stream = '2026/11/27/[7]0a1b'
  return { id: message, group: '/aws/lambda/shop', stream, timestamp: 0, ingested: 0, message, ...given }
}

/** A message as a line, alone in its stream. */
export function read(message: string) {
  const { event: _, function: __, version: ___, ...line } = lineReader((group) => group)(event(message))
  return line
}

export const json = (value: object) => JSON.stringify(value)

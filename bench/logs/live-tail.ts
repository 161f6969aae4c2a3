import type { ServerResponse } from 'node:http'
import { setTimeout as sleep } from 'node:timers/promises'
import { crc32 } from 'node:zlib'
import { messageOf, streamName } from './pages.ts'
import type { Schedule } from './schedule.ts'

/** CloudWatch sends an update each second, with so many events at most; it says if there were more. */
const everyMs = 1000
const mostEvents = 500

/** Sends the events of groups as they can be read, until the session or the connection ends. */
export async function liveTail(
  response: ServerResponse,
  groups: readonly Schedule[],
  sessionMs: number,
): Promise<void> {
  response.writeHead(200, { 'content-type': 'application/vnd.amazon.eventstream' })
  const send = (kind: 'event' | 'exception', type: string, payload: object) =>
    response.write(message(kind, type, JSON.stringify(payload)))
  send('event', 'initial-response', {})
  send('event', 'sessionStart', { sessionId: 'bench', logGroupIdentifiers: [] })
  const began = Date.now()
  for (let from = began; from - began < sessionMs && !response.destroyed; ) {
    await sleep(everyMs)
    const until = Date.now()
    const events = groups.flatMap((group) => readIn(group, from, until).map((index) => told(group, index)))
    const sessionMetadata = { sampled: events.length > mostEvents }
    send('event', 'sessionUpdate', { sessionMetadata, sessionResults: events.slice(0, mostEvents) })
    from = until
  }
  send('exception', 'SessionTimeoutException', { message: 'the session is over' })
  response.end()
}

/** The events that became readable after a time, up to another one. */
function readIn({ first, isLate, written: { lateMs } }: Schedule, after: number, until: number): number[] {
  const within = (laterMs: number) => {
    const from = first(after + 1 - laterMs)
    return Array.from({ length: Math.max(0, first(until + 1 - laterMs) - from) }, (_, at) => from + at)
  }
  return lateMs === 0
    ? within(0)
    : [...within(0).filter((index) => !isLate(index)), ...within(lateMs).filter(isLate)]
}

function told(group: Schedule, index: number): object {
  return {
    logGroupIdentifier: `000000000000:${group.written.group}`,
    logStreamName: streamName,
    message: messageOf(group, index),
    timestamp: group.timestamp(index),
    ingestionTime: group.readable(index),
  }
}

/** A message of AWS's event streams: lengths, headers and payload, each part with a checksum. */
function message(kind: 'event' | 'exception', type: string, json: string): Buffer {
  const headers = Buffer.concat(
    Object.entries({
      ':message-type': kind,
      [`:${kind}-type`]: type,
      ':content-type': 'application/json',
    }).map(([name, value]) => header(name, value)),
  )
  const payload = Buffer.from(json)
  const lengths = Buffer.alloc(8)
  lengths.writeUInt32BE(headers.length + payload.length + 16)
  lengths.writeUInt32BE(headers.length, 4)
  const whole = Buffer.concat([lengths, checksum(lengths), headers, payload])
  return Buffer.concat([whole, checksum(whole)])
}

/** A header of text, which is type 7. */
function header(name: string, value: string): Buffer {
  const length = Buffer.alloc(2)
  length.writeUInt16BE(value.length)
  return Buffer.concat([
    Buffer.from([name.length]),
    Buffer.from(name),
    Buffer.from([7]),
    length,
    Buffer.from(value),
  ])
}

function checksum(bytes: Buffer): Buffer {
  const sum = Buffer.alloc(4)
  sum.writeUInt32BE(crc32(bytes))
  return sum
}

import type { Schedule } from './schedule.ts'

/** CloudWatch's limits of a page; it counts 26 bytes beside each message. */
const mostEvents = 10_000
const mostBytes = 1_048_576
const bytesBeside = 26
const endless = Number.POSITIVE_INFINITY

/** The input of FilterLogEvents; the token is the index of the next event. */
export interface Asked {
  startTime?: number
  endTime?: number
  nextToken?: string
}

/** One answer of FilterLogEvents as JSON: the events that can be read now, in the order of their times. */
export function pageOf(events: Schedule, asked: Asked, now: number): string {
  const { startTime = 0, endTime = Number.POSITIVE_INFINITY, nextToken } = asked
  const { count, first, readable, timestamp } = events
  const written = first(now + 1)
  // A line that is dated ahead comes after all others, and nothing lies between.
  const skipUnwritten = (index: number) => (index < written ? index : Math.max(index, first(endless)))
  const entries: string[] = []
  let bytes = 0
  let index = skipUnwritten(nextToken === undefined ? first(startTime) : Number(nextToken))
  for (
    ;
    index < count && entries.length < mostEvents && bytes < mostBytes;
    index = skipUnwritten(index + 1)
  ) {
    const time = timestamp(index)
    if (readable(index) > now || time > endTime || time < startTime) continue
    const message = messageOf(events, index)
    entries.push(entryOf(events, index, message.replaceAll('\t', '\\t').replace('\n', '\\n')))
    bytes += message.length + bytesBeside
  }
  const token = index < count && timestamp(index) <= endTime ? `,"nextToken":"${index}"` : ''
  return `{"events":[${entries.join(',')}],"searchedLogStreams":[]${token}}`
}

/** A line of Node's runtime; each request has twenty of them. */
export function messageOf({ timestamp, written: { number } }: Schedule, index: number): string {
  const request = `00000000-0000-4000-8000-${String(Math.floor(index / 20)).padStart(12, '0')}`
  const time = new Date(timestamp(index)).toISOString()
  return `${time}\t${request}\tINFO\t#${number}.${index}# order taken, total 129.50\n`
}

function entryOf(
  { readable, timestamp, written: { number } }: Schedule,
  index: number,
  message: string,
): string {
  const time = timestamp(index)
  const id = `3984${String(number).padStart(3, '0')}${String(time).padStart(20, '0')}${String(index).padStart(29, '0')}`
  return `{"eventId":"${id}","ingestionTime":${readable(index)},"logStreamName":"${streamName}","message":"${message}","timestamp":${time}}`
}

/** Of version 7. */
export const streamName = `2026/11/27/[7]${'0'.repeat(32)}`

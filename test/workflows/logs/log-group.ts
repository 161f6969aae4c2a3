import { LambdactlError } from '../../../src/errors/error.ts'
import { usualConfig } from '../../../src/errors/next-step.ts'
import type { Arrived } from '../../../src/logs/following/in-order.ts'
import type { LogEvent } from '../../../src/logs/model/event.ts'
import type { Aws } from '../../../src/ports/aws.ts'
import type { LogQuery } from '../../../src/ports/logs/log-events.ts'
import { type Following, followGroups } from '../../../src/workflows/logs/follow-groups.ts'
import type { Notice } from '../../../src/workflows/logs/notice.ts'
import type { Run } from '../../../src/workflows/run/run.ts'
import { virtualClock } from './virtual-clock.ts'

export const start = Date.parse('2026-11-27T03:40:00Z')

interface Stored extends LogEvent {
  visible: number
}

interface LogWorldOptions {
  pageSize?: number
  /** The time that AWS takes for an answer. */
  latencyMs?: number
  aws?: Partial<Aws>
}

/** A CloudWatch Logs in memory in which events become visible when a test says so, and a tail that reads it. */
export function logWorld({ pageSize = 100, latencyMs = 0, aws = {} }: LogWorldOptions = {}) {
  const clock = virtualClock(start)
  const stored: Stored[] = []
  const groups = new Set(['one'])
  const given: Arrived<LogEvent>[] = []
  const notices: Notice[] = []
  const interrupt = new AbortController()
  const queries: LogQuery[] = []
  const asked: number[] = []
  const givenAt: number[] = []
  let fail: (query: LogQuery) => LambdactlError | undefined = () => undefined
  let count = 0
  let toldCalls: number | undefined

  const page = async (query: LogQuery) => {
    queries.push(query)
    asked.push(clock.now())
    const { group, since, until = Number.POSITIVE_INFINITY, next } = query
    const failure = fail(query)
    if (failure) throw failure
    if (!groups.has(group)) throw new LambdactlError('NOT_FOUND', `There is no group ${group}.`)
    const there = stored
      .filter((event) => event.group === group && event.timestamp >= since && event.timestamp < until)
      .filter(({ visible }) => visible <= clock.now())
      .toSorted((one, other) => one.timestamp - other.timestamp)
    if (latencyMs > 0) await clock.sleep(latencyMs)
    const from = Number(next ?? 0)
    const more = from + pageSize < there.length ? String(from + pageSize) : undefined
    return { events: there.slice(from, from + pageSize), next: more }
  }

  /** Writes an event; its time, and the time from which it can be read, count from the start, in milliseconds. */
  const write = (time: number, visible = time, group = 'one') => {
    count += 1
    const timestamp = start + time
    const message = `${group} ${count}`
    stored.push({
      id: `${count}`,
      group,
      stream: 's',
      timestamp,
      ingested: start + visible,
      message,
      visible: start + visible,
    })
    return message
  }

  const run = {
    aws: { logEvents: { page }, ...aws } as unknown as Run['aws'],
    clock,
    signal: interrupt.signal,
    config: usualConfig,
  }
  return {
    clock,
    run,
    groups,
    given,
    notices,
    queries,
    /** The times of the queries. */
    asked,
    /** The number of calls that the tail told at its end. */
    toldCalls: () => toldCalls,
    write,
    stored,
    failing: (why: typeof fail) => {
      fail = why
    },
    /** How long after the time from which it could be read each event was given, milliseconds. */
    delays: () => given.map(({ event }, at) => (givenAt[at] ?? 0) - event.ingested),
    /** The same, of events from a time on, which counts from the start. */
    delaysSince: (time: number) =>
      given.flatMap(({ event }, at) =>
        event.ingested < start + time ? [] : [(givenAt[at] ?? 0) - event.ingested],
      ),
    messages: () => given.map(({ event: { message } }) => message),
    late: () => given.filter(({ lateMs }) => lateMs !== undefined).map(({ event: { message } }) => message),
    interrupt: () => interrupt.abort(),
    tail(
      following: Partial<Following> = {},
      onEvents: (events: Arrived<LogEvent>[]) => Promise<void> = async () => undefined,
    ) {
      return followGroups(
        run,
        { groups: async () => ['one'], start, isFollowed: true, ...following },
        {
          async events(events) {
            await onEvents(events)
            given.push(...events)
            givenAt.push(...events.map(() => clock.now()))
          },
          notice(notice) {
            // Each tail ends with the number of its calls.
            if (notice.notice === 'calls') toldCalls = notice.calls
            else notices.push(notice)
          },
        },
      )
    },
  }
}

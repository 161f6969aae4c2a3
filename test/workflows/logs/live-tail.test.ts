import { expect, test } from 'vitest'
import { LambdactlError } from '../../../src/errors/error.ts'
import type { LiveTails, LiveUpdate } from '../../../src/ports/logs/live-tails.ts'
import { logWorld, start } from './log-group.ts'

const second = 1000
const minute = 60 * second

interface Lives {
  /** The most events of an update; more are sampled. */
  most?: number
  /** Called with each start of a session, and with each update; throws to fail. */
  onStart?: (nth: number) => void
  onUpdate?: (nth: number, now: number) => void
}

/** A Live Tail of the group in memory: an update a second with the events that CloudWatch took since the last one. */
function liveWorld({ most = 500, onStart, onUpdate }: Lives = {}) {
  const started: (readonly string[])[] = []
  const liveTails: LiveTails = {
    async start({ groups }, signal) {
      started.push(groups)
      const nth = started.length
      onStart?.(nth)
      const there = groups.filter((group) => world.groups.has(group))
      return { groups: there, updates: updates(nth, there, signal) }
    },
  }
  const now = () => world.clock.now()
  async function* updates(
    nth: number,
    groups: readonly string[],
    signal: AbortSignal,
  ): AsyncGenerator<LiveUpdate> {
    let from = now()
    for (;;) {
      await world.clock.sleep(second, signal)
      if (signal.aborted) return
      onUpdate?.(nth, now() - start)
      const fresh = world.stored.filter(
        ({ group, ingested }) => groups.includes(group) && ingested > from && ingested <= now(),
      )
      from = now()
      const events = fresh.slice(0, most).map(({ id, visible, ...event }) => event)
      yield { events, isSampled: fresh.length > most }
    }
  }
  const world = logWorld({ aws: { liveTails } })
  /** Tails for a time, and ends as a person does. */
  const tailFor = async (ms: number, following = {}) => {
    const tail = world.tail({ isLive: true, ...following })
    await world.clock.pass(ms)
    world.interrupt()
    await world.clock.pass(0)
    await tail
  }
  /** Writes an event that CloudWatch takes at once, and that polling sees a time later. */
  const write = (time: number, lateMs = 0, group = 'one') => {
    const message = world.write(time, time + lateMs, group)
    Object.assign(world.stored.at(-1) ?? {}, { ingested: start + time })
    return message
  }
  return { world, started, tailFor, write, kinds: () => world.notices.map(({ notice }) => notice) }
}

test('each line is given once, by whichever way is quicker', async () => {
  const { world, tailFor, write } = liveWorld()
  const written = Array.from({ length: 300 }, (_, at) => write(second + at * 200, at % 3 ? 0 : 20 * second))
  await tailFor(3 * minute)
  expect(world.messages().toSorted()).toEqual(written.toSorted())
  // Polling would give a third of them 20 s late.
  expect(Math.max(0, ...world.given.map(({ lateMs = 0 }) => lateMs))).toBeLessThan(second)
  expect(world.notices.at(-1)).toMatchObject({ notice: 'live-ended', recovered: 0, minutes: 3 })
})

test('lines that are alike are all given', async () => {
  const { world, tailFor } = liveWorld()
  for (let count = 0; count < 30; count++) {
    world.write(20 * second)
    Object.assign(world.stored.at(-1) ?? {}, { message: 'tick' })
  }
  await tailFor(minute)
  expect(world.messages()).toEqual(Array.from({ length: 30 }, () => 'tick'))
})

test('lines that Live Tail samples away are recovered by polling, told and counted', async () => {
  const { world, tailFor, write, kinds } = liveWorld({ most: 5 })
  const written = Array.from({ length: 200 }, (_, at) => write(20 * second + 50 + at * 100, 2 * second))
  await tailFor(2 * minute)
  expect(world.messages().toSorted()).toEqual(written.toSorted())
  expect(kinds()).toEqual(['live-sampled', 'live-ended'])
  expect(world.notices.at(-1)).toMatchObject({ recovered: 100 })
})

test('lines that Live Tail sampled away just before the end count as recovered', async () => {
  const { world, tailFor, write } = liveWorld({ most: 1 })
  for (let at = 0; at < 30; at += 1) write(56 * second + 20 + at * 100)
  await tailFor(minute)
  // Of ten lines a second Live Tail gave one; the last second may still come.
  expect(world.notices.at(-1)).toMatchObject({ notice: 'live-ended', recovered: 18 })
})

test('a session is renewed before three hours, and no line is lost or given twice', async () => {
  const { world, started, tailFor, write, kinds } = liveWorld()
  const around = 170 * minute
  const written = Array.from({ length: 100 }, (_, at) => write(around - 5 * second + at * 100, 8 * second))
  await tailFor(172 * minute)
  expect(world.messages().toSorted()).toEqual(written.toSorted())
  expect(started).toHaveLength(2)
  expect(kinds()).toEqual(['live-ended'])
})

test('a session that breaks off starts again, and polling gives its lines', async () => {
  const { world, started, tailFor, write, kinds } = liveWorld({
    onUpdate(nth) {
      if (nth === 1 && world.clock.now() - start > 20 * second)
        throw new LambdactlError('UNREACHABLE', 'gone')
    },
  })
  const written = Array.from({ length: 100 }, (_, at) => write(10 * second + at * 200))
  await tailFor(minute)
  expect(world.messages().toSorted()).toEqual(written.toSorted())
  expect(started).toHaveLength(2)
  expect(kinds()).toEqual(['live-interrupted', 'live-resumed', 'live-ended'])
})

test('without the permission polling goes on, and says so once', async () => {
  const { world, tailFor, write } = liveWorld({
    onStart() {
      throw new LambdactlError('NOT_PERMITTED', 'not you', { next: ['ask'] })
    },
  })
  const written = [write(second), write(20 * second)]
  await tailFor(minute)
  expect(world.messages()).toEqual(written)
  expect(world.notices[0]).toEqual({ notice: 'live-off', groups: ['one'], reason: 'not you', next: ['ask'] })
  expect(world.notices).toHaveLength(1)
})

test('a session reads at most ten groups, and one that begins to exist later gets its own', async () => {
  const { world, started, tailFor } = liveWorld()
  const names = Array.from({ length: 12 }, (_, at) => `group ${at}`)
  for (const name of names.slice(1)) world.groups.add(name)
  const wait = world.clock.sleep(40 * second).then(() => world.groups.add('group 0'))
  await tailFor(minute, { groups: async () => names })
  await wait
  expect(started.slice(0, 2).map((groups) => groups.length)).toEqual([10, 2])
  expect(new Set(started.slice(2).flat())).toEqual(new Set(['group 0']))
})

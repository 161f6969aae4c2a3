import { expect, test } from 'vitest'
import { LambdactlError } from '../../../src/errors/error.ts'
import { tailLogs } from '../../../src/workflows/logs/tail.ts'
import { readyFunction } from '../fake-functions.ts'
import { logWorld, start } from './log-group.ts'
import { tailFor } from './tail-for.ts'

const second = 1000
const minute = 60 * second

test('a laptop sleeps for an hour: the lines of two groups are read without a gap, and in order', async () => {
  const world = logWorld({ latencyMs: 50 })
  world.groups.add('two')
  const tail = world.tail({ groups: async () => ['one', 'two'] })
  await world.clock.pass(minute)
  const written = Array.from({ length: 300 }, (_, at) => {
    const time = minute + at * 12 * second
    return world.write(time, time, at % 2 ? 'one' : 'two')
  })
  world.clock.jump(60 * minute)
  await world.clock.pass(30 * second)
  world.interrupt()
  await world.clock.pass(second)
  await tail
  expect(world.messages()).toEqual(written)
  expect(world.late()).toEqual([])
})

test('a clock that was ten minutes ahead is corrected: new lines come at once, each once', async () => {
  const world = logWorld()
  world.clock.jump(10 * minute)
  const tail = world.tail()
  const early = Array.from({ length: 20 }, (_, at) => world.write(at * second))
  await world.clock.pass(25 * second)
  world.clock.jump(-10 * minute)
  const written = Array.from({ length: 50 }, (_, at) => world.write(25 * second + at * second))
  await world.clock.pass(80 * second)
  world.interrupt()
  await world.clock.pass(second)
  await tail
  expect(world.messages()).toEqual([...early, ...written])
  expect(Math.max(...world.delaysSince(30 * second))).toBeLessThan(2 * second)
})

test('a clock is corrected by ten minutes while nothing answers: the failure is told as often as before', async () => {
  const world = logWorld()
  world.failing(() => new LambdactlError('UNREACHABLE', 'socket hang up'))
  const tail = world.tail()
  await world.clock.pass(20 * second)
  world.clock.jump(-10 * minute)
  await world.clock.pass(3 * minute)
  world.interrupt()
  await world.clock.pass(second)
  await tail
  expect(world.notices.length).toBeGreaterThanOrEqual(5)
  expect(new Set(world.notices.map(({ notice }) => notice))).toEqual(new Set(['retrying']))
})

test('connections that break in the middle of each third read lose nothing', async () => {
  const world = logWorld({ pageSize: 20, latencyMs: 30 })
  world.groups.add('two')
  const written = Array.from({ length: 600 }, (_, at) =>
    world.write(at * 100, at * 100, at % 2 ? 'one' : 'two'),
  )
  let calls = 0
  world.failing(() => (calls++ % 3 ? undefined : new LambdactlError('UNREACHABLE', 'socket hang up')))
  await tailFor(world, 2 * minute, { groups: async () => ['one', 'two'] })
  expect(world.messages().toSorted()).toEqual(written.toSorted())
})

test('one of two groups is deleted and made again: the lines of the other do not wait for it', async () => {
  const world = logWorld()
  world.groups.add('two')
  for (let time = 0; time < minute; time += 200) world.write(time)
  const tail = world.tail({ groups: async () => ['one', 'two'] })
  await world.clock.pass(10 * second)
  world.groups.delete('two')
  await world.clock.pass(20 * second)
  world.groups.add('two')
  const again = world.write(31 * second, 31 * second, 'two')
  await world.clock.pass(40 * second)
  world.interrupt()
  await world.clock.pass(second)
  await tail
  expect(world.messages()).toContain(again)
  expect(world.given).toHaveLength(301)
  expect(world.late()).toEqual([])
  expect(Math.max(...world.delaysSince(second))).toBeLessThan(1500)
  expect(world.notices).toMatchObject([{ notice: 'gap', group: 'two' }, { notice: 'waiting-for-group' }])
})

test('credentials expire while a function is waited for: the tail goes on, and resumes without a gap', async () => {
  const expired = () => {
    const now = world.clock.now() - start
    return now > 20 * second && now < 90 * second
  }
  const refusal = () => new LambdactlError('NOT_AUTHENTICATED', 'expired', { next: ['sign in'] })
  const get = async (name: string) => {
    if (expired()) throw refusal()
    return name === 'shop' ? { ...readyFunction('shop'), logGroup: '/aws/lambda/shop' } : undefined
  }
  const world = logWorld({ aws: { functions: { get } } as never })
  world.groups.add('/aws/lambda/shop')
  world.failing(() => (expired() ? refusal() : undefined))
  for (let time = 0; time < 2 * minute; time += second) {
    world.write(time, time, '/aws/lambda/shop')
    Object.assign(world.stored.at(-1) ?? {}, { stream: '2026/11/27/[3]ab', message: `${time}` })
  }
  const sources = ['shop', 'later'].map((name) => ({ name, lambdaName: name }))
  const lines: string[] = []
  const kinds: string[] = []
  const tail = tailLogs(
    world.run,
    { functions: { sources, deploy: 'deploy' }, start, isFollowed: true },
    {
      notice: ({ notice }) => void kinds.push(notice),
      lines: async (found) => void lines.push(...found.map(({ event }) => event.message)),
    },
  )
  await world.clock.pass(3 * minute)
  world.interrupt()
  await world.clock.pass(second)
  await tail
  expect(lines).toEqual(Array.from({ length: 120 }, (_, at) => `${at * second}`))
  // The pauses are random, and so is how often the failure is told.
  expect([...new Set(kinds)]).toEqual(['waiting-for-function', 'retrying', 'resumed', 'calls'])
})

test('a busy group whose polls have several pages: its lines come as quickly as those of a quiet one', async () => {
  const world = logWorld({ pageSize: 150, latencyMs: 250 })
  for (let time = 0; time < 40 * second; time += 10) world.write(time)
  await tailFor(world, 50 * second)
  expect(world.given).toHaveLength(4000)
  const delays = world.delaysSince(10 * second).toSorted((a, b) => a - b)
  expect(delays[Math.floor(delays.length * 0.99)]).toBeLessThan(2 * second)
})

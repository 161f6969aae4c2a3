import { describe, expect, test } from 'vitest'
import { LambdactlError } from '../../../src/errors/error.ts'
import { logWorld, start } from './log-group.ts'
import { tailFor } from './tail-for.ts'

const second = 1000
const minute = 60 * second

test.each([2, 8, 60, 300, 890])('an event that becomes visible %i s late is given once', async (late) => {
  const world = logWorld()
  const written = Array.from({ length: 200 }, (_, at) => {
    const time = at * second
    return world.write(time, time + (at % 10 === 0 ? late * second : 0))
  })
  await tailFor(world, late * second + 6 * minute)
  expect(world.messages().toSorted()).toEqual(written.toSorted())
})

test('lines on time come in order, and late ones are marked', async () => {
  const world = logWorld()
  for (let time = 0; time < 20 * second; time += 100) world.write(time, time + (time % 300))
  const late = world.write(5 * second, 9 * second)
  await tailFor(world, 30 * second)
  expect(world.late()).toEqual([late])
  const times = world.given.filter(({ lateMs }) => lateMs === undefined).map(({ event }) => event.timestamp)
  expect(times).toEqual(times.toSorted((a, b) => a - b))
})

test('one line of a clock that is an hour ahead hides nothing', async () => {
  const world = logWorld()
  const ahead = world.write(60 * minute, second)
  const written = Array.from({ length: 50 }, (_, at) => world.write(2 * second + at * 100))
  await tailFor(world, 20 * second)
  expect(world.messages().toSorted()).toEqual([ahead, ...written].toSorted())
  expect(world.late()).toEqual([])
})

describe('AWS does not answer', () => {
  test.each([
    // The advice is to try again later, as the tail does.
    ['throttles', 'AWS_UNAVAILABLE', []],
    ['is not to be reached', 'UNREACHABLE', ['do']],
    ['takes the credentials for expired', 'NOT_AUTHENTICATED', ['do']],
  ] as const)(
    'it %s for a minute: told, again while it lasts, and then all is read',
    async (_, code, next) => {
      const world = logWorld()
      const written = Array.from({ length: 240 }, (__, at) => world.write(at * second))
      world.failing(() => {
        const now = world.clock.now() - start
        return now > minute && now < 2 * minute ? new LambdactlError(code, 'no', { next: ['do'] }) : undefined
      })
      await tailFor(world, 5 * minute)
      expect(world.messages()).toEqual(written)
      expect(world.notices.map(({ notice }) => notice)).toEqual(['retrying', 'retrying', 'resumed'])
      expect(world.notices[0]).toMatchObject({ reason: 'no', next })
      expect(world.notices[1]).toMatchObject({ isRepeated: true })
    },
  )

  test('a call that takes long is told, and its end too', async () => {
    const world = logWorld({ latencyMs: 7 * second })
    const tail = world.tail()
    await world.clock.pass(30 * second)
    world.interrupt()
    await world.clock.pass(10 * second)
    await tail
    expect(world.notices[0]).toMatchObject({ notice: 'retrying', next: [] })
    expect(world.notices[0]).toHaveProperty('reason', expect.stringContaining('not answered for 5 s'))
    expect(world.notices[1]).toMatchObject({ notice: 'resumed' })
  })

  test('in half of all calls: pages are asked for once more, not whole reads', async () => {
    const world = logWorld({ pageSize: 10 })
    const written = Array.from({ length: 600 }, (_, at) =>
      world.write(at * 100, at * 100 + (at % 7 ? 0 : 40_000)),
    )
    let calls = 0
    world.failing(() => (calls++ % 2 ? new LambdactlError('AWS_UNAVAILABLE', 'no') : undefined))
    await tailFor(world, 5 * minute)
    expect(world.messages().toSorted()).toEqual(written.toSorted())
  })

  test('a laptop sleeps for an hour, and reads what it missed', async () => {
    const world = logWorld()
    const tail = world.tail()
    await world.clock.pass(minute)
    const written = Array.from({ length: 60 }, (_, at) => world.write(minute + at * minute))
    // No call is made while it sleeps.
    let asleep = true
    world.failing(() => (asleep ? new LambdactlError('UNREACHABLE', 'no') : undefined))
    await world.clock.pass(60 * minute)
    asleep = false
    await world.clock.pass(minute)
    world.interrupt()
    await tail
    expect(world.messages()).toEqual(written)
  })
})

describe('groups', () => {
  test('that begin to exist later are waited for', async () => {
    const world = logWorld()
    world.groups.delete('one')
    const tail = world.tail()
    await world.clock.pass(10 * second)
    const first = world.write(10 * second)
    world.groups.add('one')
    await world.clock.pass(10 * second)
    world.interrupt()
    await tail
    expect(world.messages()).toEqual([first])
    expect(world.notices).toEqual([{ notice: 'waiting-for-group', group: 'one' }])
  })

  test('that join are read from the start on', async () => {
    const world = logWorld()
    const names = ['one']
    world.groups.add('two')
    const tail = world.tail({ groups: async () => names })
    const early = world.write(second, second, 'two')
    await world.clock.pass(20 * second)
    names.push('two')
    await world.clock.pass(20 * second)
    world.interrupt()
    await tail
    expect(world.messages()).toEqual([early])
  })

  test('that are named again are read from where they were left, and each event is given once', async () => {
    const world = logWorld()
    let names = ['one']
    const tail = world.tail({ groups: async () => names })
    const early = Array.from({ length: 30 }, (_, at) => world.write(at * second))
    const late = world.write(50 * second, 2 * minute)
    await world.clock.pass(minute)
    names = []
    await world.clock.pass(20 * minute)
    names = ['one']
    const after = world.write(21 * minute)
    await world.clock.pass(minute)
    world.interrupt()
    await tail
    expect(world.messages()).toEqual([...early, late, after])
  })

  test('have their backlogs put in one order', async () => {
    const world = logWorld({ pageSize: 7 })
    world.groups.add('two')
    for (let at = 0; at < 50; at++) world.write(at * 10, 0, at % 3 ? 'one' : 'two')
    await world.clock.pass(minute)
    const tail = world.tail({ groups: async () => ['one', 'two'], isFollowed: false })
    await world.clock.pass(minute)
    await tail
    expect(world.given).toHaveLength(50)
    expect(world.late()).toEqual([])
    const times = world.given.map(({ event }) => event.timestamp)
    expect(times).toEqual(times.toSorted((a, b) => a - b))
  })

  test('have backlogs of more events than are held put in one order too', async () => {
    const world = logWorld({ pageSize: 10_000 })
    const names = ['one', 'two', 'three']
    for (const [at, name] of names.entries()) {
      world.groups.add(name)
      for (let time = 0; time < 60 * second; time += 4 - at) world.write(time, 0, name)
    }
    await world.clock.pass(2 * minute)
    const tail = world.tail({ groups: async () => names, isFollowed: false })
    await world.clock.pass(minute)
    await tail
    expect(world.given).toHaveLength(15_000 + 20_000 + 30_000)
    expect(world.late()).toHaveLength(0)
  })

  test('that may not be read are told, and the others go on', async () => {
    const world = logWorld()
    world.groups.add('two')
    world.failing(({ group }) =>
      group === 'two' ? new LambdactlError('NOT_PERMITTED', 'not you') : undefined,
    )
    const written = [world.write(0), world.write(5 * second)]
    await tailFor(world, 10 * second, { groups: async () => ['one', 'two'] })
    expect(world.messages()).toEqual(written)
    expect(world.notices).toEqual([{ notice: 'denied', group: 'two', reason: 'not you', next: [] }])
  })

  test('that are deleted and made again go on, and what may be lost is told', async () => {
    const world = logWorld()
    const before = world.write(second)
    const tail = world.tail()
    await world.clock.pass(10 * second)
    world.groups.delete('one')
    world.stored.length = 0
    await world.clock.pass(10 * second)
    world.groups.add('one')
    const after = world.write(20 * second)
    await world.clock.pass(10 * second)
    world.interrupt()
    await tail
    expect(world.messages()).toEqual([before, after])
    expect(world.notices).toMatchObject([{ notice: 'gap', group: 'one' }, { notice: 'waiting-for-group' }])
  })
})

test('a slow reader of a pipe is waited for, and gets all', async () => {
  const world = logWorld({ pageSize: 1000 })
  const written = Array.from({ length: 3000 }, (_, at) => world.write(at))
  const tail = world.tail({}, () => world.clock.sleep(5 * second))
  await world.clock.pass(5 * minute)
  world.interrupt()
  await world.clock.pass(minute)
  await tail
  expect(world.messages()).toEqual(written)
})

test('a failure that no later call cures ends it', async () => {
  const world = logWorld()
  const failure = world.tail().catch((error: Error) => error.message)
  await world.clock.pass(second)
  world.failing(() => new LambdactlError('AWS_REFUSED', 'no such thing'))
  await world.clock.pass(10 * second)
  expect(await failure).toBe('no such thing')
})

test('a group is asked for its news twice a second, and once a second when it is quiet', async () => {
  const world = logWorld()
  world.write(0)
  const tail = world.tail()
  await world.clock.pass(50 * second)
  const busy = world.queries.length
  await world.clock.pass(minute)
  world.queries.length = 0
  await world.clock.pass(50 * second)
  world.interrupt()
  await tail
  expect(busy).toBeLessThan(50 * 2 + 20)
  expect(world.queries.length).toBeLessThan(50 + 20)
})

test('a failure of several groups is told no more often than that of one', async () => {
  const world = logWorld()
  const names = ['one', 'two', 'three']
  for (const name of names) world.groups.add(name)
  const tail = world.tail({ groups: async () => names })
  await world.clock.pass(10 * second)
  world.failing(() => new LambdactlError('UNREACHABLE', 'no'))
  await world.clock.pass(3 * minute)
  world.interrupt()
  await world.clock.pass(0)
  await tail
  const repeated = world.notices.filter((notice) => notice.notice === 'retrying' && notice.isRepeated)
  expect(repeated.length).toBeLessThanOrEqual(6)
  expect(repeated.length).toBeGreaterThan(0)
})

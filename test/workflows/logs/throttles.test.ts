import { beforeEach, expect, test } from 'vitest'
import type { Notice } from '../../../src/workflows/logs/notice.ts'
import { type Tail, tailLogs } from '../../../src/workflows/logs/tail.ts'
import { tellThrottles } from '../../../src/workflows/logs/throttles/tell-throttles.ts'
import { awsError } from '../calls.ts'
import { readyFunction } from '../fake-functions.ts'
import { start, target, type World, world } from '../world.ts'

const minute = 60_000
const day = 24 * 60 * minute
const sources = [{ name: 'checkout', lambdaName: target.lambdaName }]

let made: World
let notices: Notice[]

beforeEach(() => {
  made = world()
  notices = []
  made.functions.state.set(target.lambdaName, readyFunction(target.lambdaName))
})

const tell = (notice: Notice) => void notices.push(notice)

test('throttled requests are told once, and those that CloudWatch counts later too', async () => {
  const look = tellThrottles(made.run, { from: start, until: undefined }, tell)
  await look(sources)
  expect(notices).toEqual([])
  await made.clock.sleep(3 * minute)
  made.throttled = [
    { time: start, count: 3 },
    { time: start + 2 * minute, count: 4 },
  ]
  await look(sources)
  await look(sources)
  made.throttled = [{ time: start + 2 * minute, count: 9 }]
  await look(sources)
  const told = { notice: 'throttled', function: 'checkout' }
  expect(notices).toEqual([
    { ...told, count: 7, from: start, to: start + 3 * minute },
    { ...told, count: 5, from: start + 2 * minute, to: start + 3 * minute },
  ])
})

test('throttled requests of a long span are counted by the minute in each look, and so told once', async () => {
  const look = tellThrottles(made.run, { from: start - 30 * day, until: undefined }, tell)
  made.throttled = [
    { time: start - 20 * day, count: 9 },
    { time: start - 14 * day, count: 3 },
    { time: start - 5 * minute, count: 2 },
  ]
  await look(sources)
  await made.clock.sleep(minute)
  await look(sources)
  const span = { from: start - 14 * day, to: start - 4 * minute }
  expect(notices).toEqual([{ notice: 'throttled', function: 'checkout', count: 5, ...span }])
})

test('nothing is told of a span that ended before CloudWatch keeps minutes', async () => {
  const [from, until] = [start - 30 * day, start - 20 * day]
  made.throttled = [{ time: start - 25 * day, count: 9 }]
  await tellThrottles(made.run, { from, until }, tell)(sources)
  expect(made.calls.made).toEqual([])
  expect(notices).toEqual([])
})

test('a metric that may not be read is told once, and is no failure', async () => {
  made.calls.faults.push(({ name }) =>
    name === 'metrics.throttles' ? { error: awsError('NOT_PERMITTED') } : undefined,
  )
  const look = tellThrottles(made.run, { from: start, until: undefined }, tell)
  await look(sources)
  await look(sources)
  expect(notices).toMatchObject([{ notice: 'throttles-unknown', function: 'checkout' }])
})

test('only a tail of failed requests reads them', async () => {
  made.throttled = [{ time: start - minute, count: 2 }]
  const tail = (changed: Partial<Tail>) =>
    tailLogs(
      made.run,
      { functions: { sources, deploy: '' }, start: start - 5 * minute, isFollowed: false, ...changed },
      { lines: async () => undefined, notice: tell },
    )
  await tail({})
  expect(notices).toEqual([])
  await tail({ tellsThrottles: true })
  expect(notices).toMatchObject([{ notice: 'throttled', count: 2 }])
})

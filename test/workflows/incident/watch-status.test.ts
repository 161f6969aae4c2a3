import { afterEach, beforeEach, expect, test } from 'vitest'
import { type StatusLook, watchStatus } from '../../../src/workflows/incident/watch-status.ts'
import { awsError } from '../calls.ts'
import { deployed, type Service, service } from '../service.ts'
import { target, type World, world } from '../world.ts'

let shop: Service
let made: World
beforeEach(async () => {
  shop = await service()
  made = world()
  await deployed(made, shop)
})
afterEach(() => shop[Symbol.asyncDispose]())

/** Looks so many times at so many functions. */
async function looks(times: number, functions = 1): Promise<StatusLook[]> {
  const seen: StatusLook[] = []
  const asked = Array.from({ length: functions }, () => ({ target, alarms: ['errors'] }))
  await watchStatus(made.run, asked, (look) => {
    seen.push(look)
    if (seen.length === times) made.interrupt()
  })
  return seen
}

const countOf = (name: string) => made.calls.made.filter((call) => call.name === name).length

test('each look reads alias and alarms; figures are read once a minute', async () => {
  const seen = await looks(13)
  expect(countOf('aliases.get')).toBe(13)
  expect(countOf('alarms.describe')).toBe(13)
  expect(countOf('metrics.series')).toBe(2)
  expect(countOf('functions.versions')).toBe(0)
  expect((seen.at(-1)?.at ?? 0) - (seen[0]?.at ?? 0)).toBeGreaterThanOrEqual(60_000)
})

test('figures are read at once when the alias moves', async () => {
  made.clock.at(made.clock.now() + 7000, () => {
    made.aliases.byHand(target.lambdaName, {
      version: '1',
      description: '',
      weight: { version: '2', percent: 5 },
    })
  })
  await looks(4)
  expect(countOf('metrics.series')).toBe(2)
})

test('many functions are looked at less often: two aliases a second', async () => {
  const [first, second] = await looks(2, 50)
  expect((second?.at ?? 0) - (first?.at ?? 0)).toBe(25_000)
})

test('the journal of an alarm that fires, or of an alias without a record, is not read at each look', async () => {
  made.alarms = { errors: [[0, 'ALARM']] }
  await looks(5)
  // Of the release, and of the function's pauses.
  expect(countOf('journal.read')).toBe(2)
})

test('a look that fails is told, with the state of before; the first one is an error', async () => {
  let isDown = false
  made.calls.faults.push(({ name }) =>
    isDown && name === 'aliases.get' ? { error: awsError('AWS_UNAVAILABLE') } : undefined,
  )
  made.clock.at(made.clock.now() + 4000, () => {
    isDown = true
  })
  made.clock.at(made.clock.now() + 8000, () => {
    isDown = false
  })
  const seen = await looks(3)
  expect(seen.map(({ failure }) => failure)).toEqual([undefined, 'AWS said AWS_UNAVAILABLE', undefined])
  expect(seen[1]?.statuses).toEqual(seen[0]?.statuses)
  isDown = true
  made = world()
  made.calls.faults.push(() => ({ error: awsError('NOT_PERMITTED') }))
  await expect(looks(1)).rejects.toMatchObject({ code: 'NOT_PERMITTED' })
})

import { expect, test } from 'vitest'
import type { FunctionState } from '../../../src/ports/functions.ts'
import { waitUntil, waitUntilReady } from '../../../src/workflows/run/wait-until.ts'
import { fakeClock } from '../fake-clock.ts'
import { readyFunction } from '../fake-functions.ts'
import { failureOf, target, world } from '../world.ts'

const patience = { deadlineMs: 1000, firstPauseMs: 100, longestPauseMs: 200 }

test('it looks at once, then with growing pauses up to the longest', async () => {
  const clock = fakeClock(0)
  const looks: number[] = []
  const look = async () => {
    looks.push(clock.now())
    return looks.length === 5 ? 'there' : undefined
  }
  expect(await waitUntil(clock, 'it', patience, look)).toBe('there')
  expect(looks).toEqual([0, 100, 250, 450, 650])
})

test('after the deadline it says how long it waited for what', async () => {
  const clock = fakeClock(0)
  expect(await failureOf(waitUntil(clock, 'the moon', patience, async () => undefined))).toMatchObject({
    code: 'UPDATE_FAILED',
    message: 'lambdactl waited 1 s for the moon, and it is not finished.',
  })
  expect(clock.now()).toBeGreaterThanOrEqual(1000)
})

test('what a look throws ends the wait', async () => {
  const clock = fakeClock(0)
  const look = async () => {
    throw new Error('boom')
  }
  expect(await failureOf(waitUntil(clock, 'it', patience, look))).toMatchObject({ message: 'boom' })
  expect(clock.now()).toBe(0)
})

function latest(status: FunctionState['status']) {
  const made = world()
  made.functions.state.set(target.lambdaName, readyFunction(target.lambdaName))
  if (status === 'changing') made.functions.updateByHand(target.lambdaName, {})
  return { made, ready: () => waitUntilReady(made.functions, made.clock, target.lambdaName) }
}

test('an update that runs is waited for, and the revision is the one after it', async () => {
  const { ready } = latest('changing')
  expect(await ready()).toMatchObject({ status: 'ready', revisionId: 'function-2' })
})

test("an update that fails ends it with Lambda's reason", async () => {
  const { made, ready } = latest('changing')
  made.functions.failWith = 'The image is gone.'
  expect(await failureOf(ready())).toMatchObject({
    code: 'UPDATE_FAILED',
    message: 'Lambda could not start shop-checkout-prod: The image is gone.',
  })
})

test('a function that is deleted meanwhile is not found', async () => {
  const { made, ready } = latest('ready')
  made.functions.state.clear()
  expect(await failureOf(ready())).toMatchObject({ code: 'NOT_FOUND' })
})

test("a published version is waited for as long as Lambda's own waiter does, 26 minutes", async () => {
  const { made } = latest('ready')
  const ready = readyFunction(target.lambdaName)
  const wait = async (untilMs: number) => {
    const clock = fakeClock(0)
    const get = async () => (clock.now() < untilMs ? { ...ready, status: 'changing' as const } : ready)
    return waitUntilReady({ ...made.functions, get }, clock, target.lambdaName, '1')
  }
  expect(await wait(1_500_000)).toMatchObject({ status: 'ready' })
  expect(await failureOf(wait(1_600_000))).toMatchObject({ code: 'UPDATE_FAILED' })
})

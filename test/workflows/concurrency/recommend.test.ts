import { expect, test } from 'vitest'
import { recommendConcurrency } from '../../../src/workflows/concurrency/recommend.ts'
import { canaryWorld } from '../canary.ts'
import { readyFunction } from '../fake-functions.ts'
import { failureOf, start, target, type World, world } from '../world.ts'

const hour = 3_600_000
const advise = (made: World, sinceMs = hour) =>
  recommendConcurrency(made.run, target, { sinceMs, headroom: 0.2 })

/** A function with the same load in each minute of the last hours. */
function loaded(hours: number, values: Record<string, number>): World {
  const made = canaryWorld()
  made.functions.state.set(target.lambdaName, readyFunction(target.lambdaName))
  made.series = ({ metric }) => {
    const value = values[metric]
    if (value === undefined) return []
    return Array.from({ length: hours * 60 }, (_, index) => ({
      time: start - (index + 1) * 60_000,
      value,
    })).toReversed()
  }
  return made
}

test('the load of a function gives the reservation and the price of each choice', async () => {
  const made = loaded(1, { Invocations: 600, Duration: 2000, ConcurrentExecutions: 35 })
  expect(await advise(made)).toMatchObject({
    function: 'checkout',
    region: 'eu-west-1',
    busyPeriods: 60,
    observed: { first: start - hour, last: start - 60_000 },
    recommendation: { peak: 35, littlesPeak: 20, reserve: 42 },
    lacking: [],
  })
  expect(made.changes()).toEqual([])
})

test('no invocation gives no recommendation, and says so', async () => {
  const advice = await advise(loaded(0, {}))
  expect(advice).toMatchObject({
    busyPeriods: 0,
    lacking: ['CloudWatch has no invocation of the function in this time, so nothing can be recommended.'],
  })
  expect(advice.recommendation).toBeUndefined()
})

test('a short time and a missing peak are said', async () => {
  const made = loaded(1, { Invocations: 600, Duration: 2000 })
  const { lacking, recommendation } = await advise(made, 24 * hour)
  expect(recommendation).toMatchObject({ peak: 20, median: 0 })
  expect(lacking).toEqual([
    'There were invocations in less than a day of this time: a peak of another day may be larger.',
    expect.stringContaining("by Little's law alone") as string,
  ])
})

test('a function that is not there is not found', async () => {
  expect(await failureOf(advise(world()))).toMatchObject({ code: 'NOT_FOUND' })
})

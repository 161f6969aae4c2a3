import { expect, test } from 'vitest'
import { releaseFunction } from '../../../src/workflows/release-function.ts'
import { awsError } from '../calls.ts'
import { canary, deployed, service } from '../service.ts'
import { target, type World, world } from '../world.ts'

const counts = { invocations: 60, errors: 1, throttles: 0 }

/** Released once, with traffic on both versions from now on; somebody looks unless said otherwise. */
async function watched(here: Awaited<ReturnType<typeof service>>, isWatched = true): Promise<World> {
  const made = world()
  await deployed(made, here)
  await here.write('def handler(event, context):\n    return 2\n')
  made.traffic = () => ({ candidate: counts, stable: { ...counts, invocations: 540 } })
  made.run = { ...made.run, isWatched: () => isWatched }
  return made
}

const observedOf = ({ events }: World) =>
  events.flatMap((event) => (event.event === 'observed' ? [event] : []))
const readings = ({ calls }: World) => calls.made.filter(({ name }) => name.startsWith('metrics.'))
const looks = ({ calls }: World) => calls.made.filter(({ name }) => name === 'alarms.describe')

test('figures of both versions come with a look where somebody sees them, not at each look', async () => {
  await using here = await service()
  const made = await watched(here)
  await releaseFunction(made.run, target, here.fn, canary)
  expect(observedOf(made).at(-2)?.figures).toMatchObject({
    candidate: { invocations: expect.any(Number) as number },
    stable: { errors: expect.any(Number) as number },
  })
  expect(readings(made).length).toBeGreaterThan(3)
  expect(readings(made).length).toBeLessThan(looks(made).length)
})

test('nobody reads figures that nobody sees, and none are told', async () => {
  await using here = await service()
  const made = await watched(here, false)
  await releaseFunction(made.run, target, here.fn, canary)
  expect(readings(made)).toEqual([])
  expect(observedOf(made).some((event) => 'figures' in event)).toBe(false)
})

test('metrics that may not be read are asked for once, and the release goes on', async () => {
  await using here = await service()
  const made = await watched(here)
  made.calls.faults.push(({ name }) =>
    name === 'metrics.counts' ? { error: awsError('NOT_PERMITTED') } : undefined,
  )
  expect(await releaseFunction(made.run, target, here.fn, canary)).toMatchObject({ outcome: 'released' })
  expect(readings(made)).toHaveLength(1)
  expect(observedOf(made).at(-1)).toHaveProperty('figures', undefined)
})

test('a CloudWatch that does not answer with figures holds no look up', async () => {
  await using here = await service()
  const made = await watched(here)
  made.calls.faults.push(({ name }) =>
    name === 'metrics.counts' ? { error: awsError('UNREACHABLE') } : undefined,
  )
  expect(await releaseFunction(made.run, target, here.fn, canary)).toMatchObject({ outcome: 'released' })
  expect(made.events.some(({ event }) => event === 'warning')).toBe(false)
})

test('an inconclusive step that is over says that it is extended', async () => {
  await using here = await service()
  const made = await watched(here, false)
  made.alarms = { errors: [[0, 'INSUFFICIENT_DATA']] }
  await expect(releaseFunction(made.run, target, here.fn, canary)).rejects.toMatchObject({ code: 'PAUSED' })
  const extended = observedOf(made).map((event) => event.extended ?? false)
  expect(extended.slice(0, 2)).toEqual([false, false])
  expect(extended).toContain(true)
})

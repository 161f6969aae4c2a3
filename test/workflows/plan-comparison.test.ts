import { afterEach, beforeEach, expect, test } from 'vitest'
import { defaultComparison } from '../../src/gates/comparison/settings.ts'
import type { ComparisonGate } from '../../src/release/plan/comparison.ts'
import type { Plan } from '../../src/release/plan/plan.ts'
import { releaseFunction } from '../../src/workflows/release-function.ts'
import { canary, deployed, type Service, service } from './service.ts'
import { target, type World, world } from './world.ts'

const compare: ComparisonGate = { settings: defaultComparison, inconclusive: 'pass' }

let shop: Service
let made: World
beforeEach(async () => {
  shop = await service()
  made = world()
})
afterEach(() => shop[Symbol.asyncDispose]())

async function planned(changed: Partial<typeof canary> = {}): Promise<Plan> {
  await shop.write('def handler(event, context):\n    return 2\n')
  const fn = { ...shop.fn, release: { ...shop.fn.release, compare } }
  await releaseFunction(made.run, target, fn, { ...canary, ...changed })
  const event = made.events.find((each) => each.event === 'planned')
  if (event?.event !== 'planned') throw new Error('A plan is told.')
  return event.plan
}

test('the plan has the settings, when it began, and how long a minute takes to settle', async () => {
  await deployed(made, shop)
  const { comparison } = await planned()
  const shifted = made.calls.made.find(({ name }) => name === 'aliases.update')
  // 10 s of timeout, and two minutes for CloudWatch.
  expect(comparison).toEqual({ ...compare, since: expect.any(Number) as number, settleMs: 130_000 })
  expect(comparison?.since).toBeLessThanOrEqual(shifted?.time ?? 0)
  const published = made.calls.made.find(({ name }) => name === 'functions.publish')
  expect(comparison?.since).toBeGreaterThanOrEqual(published?.time ?? Number.POSITIVE_INFINITY)
})

test('it is in the journal, so that any machine decides alike', async () => {
  await deployed(made, shop)
  const { comparison } = await planned()
  expect(made.journal.map(({ entry }) => entry)).toContainEqual(
    expect.objectContaining({ kind: 'plan', plan: expect.objectContaining({ comparison }) as object }),
  )
})

test('the first release has nothing to compare with', async () => {
  expect((await planned()).comparison).toBeUndefined()
})

test('a switch at once is never compared, since the versions do not serve side by side', async () => {
  await deployed(made, shop)
  expect((await planned({ strategy: 'all-at-once', steps: [] })).comparison).toBeUndefined()
})

test('a dry run plans it too', async () => {
  await deployed(made, shop)
  expect((await planned({ dryRun: true })).comparison).toMatchObject(compare)
})

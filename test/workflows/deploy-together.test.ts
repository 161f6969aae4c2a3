import { afterEach, beforeEach, expect, test } from 'vitest'
import { type DeployOptions, deploy } from '../../src/workflows/deploy.ts'
import type { ReleaseResult } from '../../src/workflows/run/release-result.ts'
import { awsError, failing } from './calls.ts'
import { type Service, service } from './service.ts'
import { start, target, type World, world } from './world.ts'

let shop: Service
let made: World
beforeEach(async () => {
  shop = await service()
  made = world()
})
afterEach(() => shop[Symbol.asyncDispose]())

const names = ['cart', 'checkout', 'search'] as const

/** Three functions, each with its own alarm. */
function three(memoryMb = 512) {
  return names.map((name) => ({
    target: { ...target, function: name, lambdaName: `shop-${name}-prod` },
    fn: {
      ...shop.fn,
      name,
      lambdaName: `shop-${name}-prod`,
      memoryMb,
      release: { ...shop.fn.release, alarms: [`${name}-errors`] },
    },
  }))
}

/** The results of a deploy of the three, and its failure. */
async function deployed(deployments = three(1024), options: Partial<DeployOptions> = {}) {
  const results: ReleaseResult[] = []
  let failure: unknown
  try {
    const work = deploy(made.run, deployments, {
      dryRun: false,
      needsAlarm: false,
      breakglass: undefined,
      ...options,
    })
    for await (const result of work) results.push(result)
  } catch (error) {
    failure = error
  }
  return { results: results.map(({ function: name, outcome }) => `${name} ${outcome}`), failure }
}

/** The first versions are there, all alarms are quiet, and what happened so far is forgotten. */
async function begun(): Promise<void> {
  await deployed(three())
  made.alarms = Object.fromEntries(names.map((name) => [`${name}-errors`, [[0, 'OK']]]))
  made.calls.made.length = 0
  made.events.length = 0
  made.aliases.updates.length = 0
}

const eventsOf = (event: string) =>
  made.events.filter((one) => one.event === event).map(({ function: name }) => name)

/** They publish side by side: which of them does so second is not said. */
const whoeverWasSecond = expect.stringMatching(/^(cart|checkout|search): no room$/) as string

test('one that can not be published leaves none switched; the versions of others are told, and the next deploy uses them', async () => {
  await begun()
  made.calls.faults.push(failing('functions.publish', 2, { error: awsError('UPDATE_FAILED', 'no room') }))
  const { results, failure } = await deployed()
  expect(results).toEqual([])
  expect(failure).toMatchObject({ code: 'UPDATE_FAILED', message: whoeverWasSecond })
  expect(made.aliases.updates).toEqual([])
  expect(eventsOf('failed')).toHaveLength(1)
  expect(eventsOf('unused')).toHaveLength(2)
  made.calls.faults.length = 0
  expect((await deployed()).results).toEqual(names.map((name) => `${name} released`))
  expect([...made.functions.state.keys()].filter((key) => key.endsWith(':3'))).toEqual([])
})

test('one that had nothing to deploy says so also where another can not be published', async () => {
  await begun()
  const [unchanged] = three()
  const [, ...others] = three(1024)
  if (!unchanged) throw new Error('There are three.')
  made.calls.faults.push(failing('functions.publish', 2, { error: awsError('UPDATE_FAILED', 'no room') }))
  const { results, failure } = await deployed([unchanged, ...others])
  expect(results).toEqual(['cart unchanged'])
  expect(failure).toMatchObject({ code: 'UPDATE_FAILED' })
})

/** The three, the second and third of which can't be packaged. */
function mostlyBroken() {
  return three(1024).map((one, index) =>
    index === 0 ? one : { ...one, fn: { ...one.fn, source: `none${index}` } },
  )
}

test('those that can not be packaged are all told, each by its name, and AWS is not asked for anything', async () => {
  await begun()
  const { results, failure } = await deployed(mostlyBroken())
  expect(results).toEqual([])
  expect(failure).toMatchObject({
    code: 'PACKAGE_INVALID',
    message: expect.stringMatching(
      /^2 of 3 functions failed\. checkout: .*none1.* search: .*none2/,
    ) as string,
    failures: [{ function: 'checkout' }, { function: 'search' }],
  })
  // They fail side by side, so either may be told first.
  expect(eventsOf('failed').toSorted()).toEqual(['checkout', 'search'])
  expect(made.calls.made).toEqual([])
})

test('with --keep-going those that can be packaged go on alone', async () => {
  await begun()
  const { results } = await deployed(mostlyBroken(), { keepGoing: true })
  expect(results).toEqual(['cart released'])
  expect([...made.functions.state.keys()].filter((key) => key.endsWith(':2'))).toEqual(['shop-cart-prod:2'])
})

test('one whose gates are not proved leaves the others unpublished', async () => {
  await begun()
  made.alarms['search-errors'] = [[0, 'ALARM']]
  const { failure } = await deployed()
  expect(failure).toMatchObject({ code: 'PREFLIGHT_FAILED', failures: [{ function: 'search' }] })
  expect(made.changes()).toEqual([])
})

test('of one that is held by another release, the others are not published either', async () => {
  await begun()
  made.aliases.byHand('shop-cart-prod', { weight: { version: '7', percent: 10 } })
  const { failure } = await deployed()
  expect(failure).toMatchObject({ code: 'CONFLICT', failures: [{ function: 'cart' }] })
  expect(made.changes()).toEqual([])
})

test('--keep-going switches the others, and fails in the end with what one failed with', async () => {
  await begun()
  made.calls.faults.push(failing('functions.publish', 2, { error: awsError('UPDATE_FAILED', 'no room') }))
  const { results, failure } = await deployed(three(1024), { keepGoing: true })
  expect(results).toHaveLength(2)
  expect(failure).toMatchObject({ code: 'UPDATE_FAILED', message: whoeverWasSecond })
  expect(eventsOf('unused')).toEqual([])
})

/** The three, each tried by an event; that of the second one fails. */
function tried() {
  const smoke = [{ name: undefined, payload: {}, expect: undefined }]
  made.calls.faults.push(failing('functions.invoke', 2, { error: awsError('NOT_PERMITTED', 'no invoke') }))
  return three(1024).map((one) => ({ ...one, fn: { ...one.fn, release: { ...one.fn.release, smoke } } }))
}

test('one whose candidate does not pass its preflight leaves none switched', async () => {
  await begun()
  const { results, failure } = await deployed(tried())
  expect(results).toEqual([])
  expect(failure).toMatchObject({ code: 'PREFLIGHT_FAILED' })
  expect(made.aliases.updates).toEqual([])
  expect(eventsOf('failed')).toHaveLength(1)
  expect(eventsOf('unused')).toHaveLength(2)
})

test('--keep-going switches the others also where one does not pass its preflight', async () => {
  await begun()
  const { results, failure } = await deployed(tried(), { keepGoing: true })
  expect(results).toHaveLength(2)
  expect(failure).toMatchObject({ code: 'PREFLIGHT_FAILED' })
  expect(eventsOf('unused')).toEqual([])
})

test('one that is rolled back by its gate does not stop the others', async () => {
  await begun()
  const alarm = made.alarms['checkout-errors'] ?? []
  made.alarms['checkout-errors'] = [...alarm, [made.clock.now() - start + 40_000, 'ALARM']]
  const { results, failure } = await deployed()
  expect(results).toEqual(['cart released', 'search released'])
  expect(failure).toMatchObject({ code: 'ROLLED_BACK' })
  expect(eventsOf('rolled-back')).toEqual(['checkout'])
  const versions = names.map((name) => made.aliases.state.get(`shop-${name}-prod`)?.version)
  expect(versions).toEqual(['2', '1', '2'])
})

test('several that end badly exit with the worst, and each is named', async () => {
  await begun()
  const alarm = made.alarms['search-errors'] ?? []
  made.alarms['search-errors'] = [...alarm, [made.clock.now() - start + 40_000, 'ALARM']]
  const [cart, ...others] = three(1024)
  const broken = cart ? [{ ...cart, fn: { ...cart.fn, handler: 'none.handler' } }] : []
  const { failure } = await deployed([...broken, ...others], { keepGoing: true })
  expect(failure).toMatchObject({
    code: 'ROLLED_BACK',
    message: expect.stringMatching(/^2 of 3 functions failed\. search: Alias live .* cart: .*none/) as string,
  })
})

test('an interrupt rolls all of them back', async () => {
  await begun()
  made.clock.at(made.clock.now() + 40_000, () => made.interrupt())
  const { results, failure } = await deployed()
  expect(results).toEqual([])
  expect(failure).toMatchObject({ code: 'INTERRUPTED' })
  expect(eventsOf('rolled-back').toSorted()).toEqual([...names])
  for (const name of names)
    expect(made.aliases.state.get(`shop-${name}-prod`)).toMatchObject({ version: '1' })
})

test('an interrupt while they are published begins no other and switches none', async () => {
  await begun()
  made.calls.faults.push(({ name, nth }) => {
    if (name === 'functions.updateSettings' && nth === 1) made.interrupt()
    return undefined
  })
  expect((await deployed(three(1024), { keepGoing: true })).failure).toMatchObject({ code: 'INTERRUPTED' })
  expect(made.aliases.updates).toEqual([])
})

test('their bakes run side by side, and all their alarms are read together', async () => {
  await begun()
  await deployed()
  const phases = made.aliases.updates.map(({ phase }) => phase)
  expect(phases).toEqual(['baking', 'baking', 'baking', 'done', 'done', 'done'])
  const looks = eventsOf('observed').length
  const reads = made.calls.made.filter(({ name }) => name === 'alarms.describe').length
  expect(looks).toBeGreaterThan(30)
  expect(reads).toBeLessThan(looks / 2)
})

test("each function's hooks run for it alone, and one that fails takes back only its own", async () => {
  await begun()
  made.commands.script = (_, nth) => ({ code: nth === 1 ? 1 : 0 })
  const hooks = { 'after-shift': { args: ['./hook.sh'], directory: '/service', timeoutMs: 60_000 } }
  const hooked = three(1024).map((one) => ({
    ...one,
    fn: { ...one.fn, release: { ...one.fn.release, hooks } },
  }))
  const { results, failure } = await deployed(hooked)
  expect(results).toHaveLength(2)
  expect(failure).toMatchObject({ code: 'ROLLED_BACK' })
  const functions = made.commands.ran.map(({ environment }) => environment['LAMBDACTL_FUNCTION'] ?? '')
  expect(functions.toSorted()).toEqual([...names])
  expect(eventsOf('rolled-back')).toEqual(functions.slice(0, 1))
})

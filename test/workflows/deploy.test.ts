import { afterEach, beforeEach, expect, test } from 'vitest'
import { type Deployment, type DeployOptions, deploy as deploying } from '../../src/workflows/deploy.ts'
import type { Run } from '../../src/workflows/run/run.ts'
import { type Service, service } from './service.ts'
import { failureOf, target, type World, world } from './world.ts'

let shop: Service
let made: World
beforeEach(async () => {
  shop = await service()
  made = world()
})
afterEach(() => shop[Symbol.asyncDispose]())

/** A deploy carried to its end. */
function deploy(run: Run, deployments: Deployment[], options: DeployOptions) {
  return Array.fromAsync(deploying(run, deployments, options))
}

const cart = { ...target, function: 'cart', lambdaName: 'shop-cart-prod' }

const both = () => [
  { target, fn: shop.fn },
  { target: cart, fn: { ...shop.fn, name: 'cart', lambdaName: cart.lambdaName } },
]

test('all are published before the first alias moves', async () => {
  const results = await deploy(made.run, both(), { dryRun: false, needsAlarm: false })
  expect(results.map(({ function: name, outcome }) => [name, outcome])).toEqual([
    ['checkout', 'released'],
    ['cart', 'released'],
  ])
  expect(made.changes()).toEqual([
    'functions.create',
    'functions.create',
    'functions.publish',
    'functions.publish',
    'aliases.create',
    'aliases.create',
  ])
})

test('one that can not be built leaves AWS untouched: it is not even asked', async () => {
  const [first, second] = both()
  if (!first || !second) throw new Error('There are two.')
  const broken = { ...second, fn: { ...second.fn, source: 'nowhere' } }
  expect(
    await failureOf(deploy(made.run, [first, broken], { dryRun: false, needsAlarm: false })),
  ).toMatchObject({
    code: 'PACKAGE_INVALID',
  })
  expect(made.calls.made).toEqual([])
})

test('what is unchanged is left out, and the rest is released at once, then bakes', async () => {
  await deploy(made.run, both(), { dryRun: false, needsAlarm: false })
  made.calls.made.length = 0
  made.alarms = { errors: [[0, 'OK']] }
  const [first, second] = both()
  if (!first || !second) throw new Error('There are two.')
  const changed = { ...second, fn: { ...second.fn, memoryMb: 1024 } }
  made.aliases.updates.length = 0
  const results = await deploy(made.run, [first, changed], { dryRun: false, needsAlarm: false })
  expect(results.map(({ outcome, version }) => [outcome, version])).toEqual([
    ['unchanged', '1'],
    ['released', '2'],
  ])
  expect(made.aliases.updates.map(({ version, phase }) => [version, phase])).toEqual([
    ['2', 'baking'],
    ['2', 'done'],
  ])
})

test('a dry run plans each and changes nothing', async () => {
  const results = await deploy(made.run, both(), { dryRun: true, needsAlarm: false })
  expect(results.map(({ outcome }) => outcome)).toEqual(['planned', 'planned'])
  expect(made.changes()).toEqual([])
})

test('where an alarm is needed, one without any is not switched', async () => {
  await deploy(made.run, both(), { dryRun: false, needsAlarm: false })
  made.aliases.updates.length = 0
  const release = { ...shop.fn.release, alarms: [] }
  const changed = { target, fn: { ...shop.fn, memoryMb: 1024, release } }
  expect(await failureOf(deploy(made.run, [changed], { dryRun: false, needsAlarm: true }))).toMatchObject({
    code: 'PREFLIGHT_FAILED',
  })
  expect(made.aliases.updates).toEqual([])
})

import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { parseRecord } from '../../src/release/values/record.ts'
import { parseOrigin } from '../../src/release/values/version-description.ts'
import { releaseFunction } from '../../src/workflows/release-function.ts'
import { awsError, before } from './calls.ts'
import { aliasOf, recordOf } from './canary.ts'
import { canary, deployed, type Service, service } from './service.ts'
import { failureOf, start, target, type World, world } from './world.ts'

let shop: Service
let made: World
beforeEach(async () => {
  shop = await service()
  made = world()
})
afterEach(() => shop[Symbol.asyncDispose]())

const release = (changed: Partial<typeof canary> = {}, fn = shop.fn) =>
  releaseFunction(made.run, target, fn, { ...canary, ...changed })

const told = () => made.events.map(({ event }) => event).filter((event) => event !== 'stage')
const stages = () => made.events.flatMap((event) => (event.event === 'stage' ? [event.stage] : []))

test('the first release creates the function and its alias: no steps, no bake, no alarms', async () => {
  expect(await release()).toEqual({
    function: 'checkout',
    outcome: 'released',
    version: '1',
    previous: undefined,
  })
  expect(made.changes()).toEqual(['functions.create', 'functions.publish', 'aliases.create'])
  expect(told().slice(2)).toEqual(['created', 'published', 'planned', 'checked', 'shifted', 'done'])
  expect(recordOf(made)).toMatchObject({ strategy: 'canary', phase: 'done', steps: 0, held: ['1'] })
})

test('each stage is told as it begins; those that there is nothing to do in are left out', async () => {
  await release()
  const first = ['packaging', 'comparing', 'loading', 'proving', 'uploading', 'updating', 'publishing']
  expect(stages()).toEqual([...first, 'trying', 'shifting'])
  made.events.length = 0
  await release()
  expect(stages()).toEqual(['packaging', 'comparing'])
})

test('nothing changed: nothing is called that changes anything', async () => {
  await deployed(made, shop)
  expect(await release()).toEqual({
    function: 'checkout',
    outcome: 'unchanged',
    version: '1',
    previous: undefined,
  })
  expect(made.changes()).toEqual([])
  expect(told()).toEqual(['packaged', 'unchanged'])
})

test('new code goes through the steps and the bake', async () => {
  await deployed(made, shop)
  await shop.write('def handler(event, context):\n    return 2\n')
  expect(await release()).toMatchObject({ outcome: 'released', version: '2', previous: '1' })
  expect(made.changes().slice(0, 2)).toEqual(['functions.updateCode', 'functions.publish'])
  expect(made.aliases.updates.map(({ version, weight, phase }) => [version, weight, phase])).toEqual([
    ['1', '10% on 2', 'shifting'],
    ['1', '50% on 2', 'shifting'],
    ['2', '', 'baking'],
    ['2', '', 'done'],
  ])
  expect(recordOf(made)?.held).toEqual(['2', '1'])
})

test('a new configuration alone uploads no code', async () => {
  await deployed(made, shop)
  const more = { ...shop.fn, memoryMb: 1024 }
  expect(await release({}, more)).toMatchObject({ outcome: 'released', version: '2' })
  expect(made.changes().slice(0, 2)).toEqual(['functions.updateSettings', 'functions.publish'])
  expect(made.functions.state.get(target.lambdaName)?.settings.memoryMb).toBe(1024)
})

test('another architecture uploads the code for it', async () => {
  await deployed(made, shop)
  await release({}, { ...shop.fn, architecture: 'x86_64' })
  expect(made.changes().slice(0, 2)).toEqual(['functions.updateCode', 'functions.publish'])
})

test('a version that somebody else published of the very same is unchanged too', async () => {
  await deployed(made, shop)
  const one = made.functions.state.get(`${target.lambdaName}:1`)
  if (!one) throw new Error('There is a version.')
  const settings = { ...one.settings, description: 'by hand' }
  made.functions.state.set(`${target.lambdaName}:1`, { ...one, settings })
  expect(await release()).toMatchObject({ outcome: 'unchanged', version: '1' })
  expect(made.aliases.updates).toEqual([])
})

test('a version says what it was made of', async () => {
  await release()
  const version = made.functions.state.get(`${target.lambdaName}:1`)
  expect(parseOrigin(version?.settings.description ?? '')).toEqual({
    digest: expect.stringMatching(/^[0-9a-f]{64}$/) as string,
    commit: undefined,
  })
})

test('without alarms an all-at-once release does not bake', async () => {
  await deployed(made, shop)
  await shop.write('handler = print\ndef handler(event, context):\n    return 2\n')
  await release({ strategy: 'all-at-once', steps: [], alarms: [], needsAlarm: false })
  expect(made.aliases.updates).toEqual([
    { after: expect.any(Number) as number, version: '2', weight: '', phase: 'done' },
  ])
})

describe('a dry run', () => {
  test('of a new function changes nothing', async () => {
    expect(await release({ dryRun: true })).toEqual({
      function: 'checkout',
      outcome: 'planned',
      version: undefined,
      previous: undefined,
    })
    expect(made.changes()).toEqual([])
    expect(made.journal).toEqual([])
  })

  test('shows the plan for the next version', async () => {
    await deployed(made, shop)
    await shop.write('def handler(event, context):\n    return 2\n')
    expect(await release({ dryRun: true })).toMatchObject({ outcome: 'planned', version: '1' })
    expect(made.changes()).toEqual([])
    expect(made.events.find(({ event }) => event === 'planned')).toMatchObject({
      event: 'planned',
      plan: { candidate: 'next', stable: '1', alarms: ['errors'] },
      shifts: [
        { afterMs: 0, percent: 10 },
        { afterMs: 60_000, percent: 50 },
        { afterMs: 120_000, percent: 100, holdMs: 120_000 },
      ],
    })
    expect(made.events.at(-1)).toMatchObject({ event: 'checked', check: { title: 'alarm errors' } })
  })
})

describe('an alias that is held is a conflict before anything is uploaded', () => {
  test.each([
    [
      'by a release in progress',
      'lambdactl canary theirs | shifting 1/2 | candidate 2 | held 1 | since 2026-11-21T10:00:00.000Z',
      'Alias live of shop-checkout-prod is held by release theirs (canary, shifting), with 10% on version 2.',
    ],
    [
      'by weights that somebody else set',
      '',
      'Alias live of shop-checkout-prod is held by something other than lambdactl, with 10% on version 2.',
    ],
  ])('%s', async (_, description, message) => {
    await deployed(made, shop)
    made.aliases.byHand(target.lambdaName, { description, weight: { version: '2', percent: 10 } })
    await shop.write('def handler(event, context):\n    return 2\n')
    expect(await failureOf(release())).toMatchObject({ code: 'CONFLICT', message })
    expect(made.changes()).toEqual([])
  })
})

test('an alias that moves while the candidate is made is left alone', async () => {
  await deployed(made, shop)
  await shop.write('def handler(event, context):\n    return 2\n')
  made.calls.faults.push(
    before('functions.publish', 1, () => made.aliases.byHand(target.lambdaName, { version: '9' })),
  )
  expect(await failureOf(release())).toMatchObject({ code: 'CONFLICT' })
  expect(made.aliases.updates).toEqual([])
})

describe("Lambda's updates", () => {
  beforeEach(async () => {
    await deployed(made, shop)
    await shop.write('def handler(event, context):\n    return 2\n')
  })

  test('of somebody else are waited for', async () => {
    made.functions.updateByHand(target.lambdaName, { memoryMb: 128 })
    expect(await release()).toMatchObject({ outcome: 'released', version: '2' })
    expect(made.functions.state.get(target.lambdaName)?.settings.memoryMb).toBe(512)
  })

  test('of somebody else between two of ours are a conflict', async () => {
    made.calls.faults.push(
      before('functions.publish', 1, () => made.functions.updateByHand(target.lambdaName, { memoryMb: 128 })),
    )
    expect(await failureOf(release())).toMatchObject({ code: 'CONFLICT' })
    expect(made.aliases.updates).toEqual([])
  })

  test('of somebody else since preflight looked, and that this would overwrite, are a conflict', async () => {
    made.calls.faults.push(
      before('triggers.list', 1, () => made.functions.updateByHand(target.lambdaName, { memoryMb: 128 })),
    )
    expect(await failureOf(release())).toMatchObject({ code: 'CONFLICT' })
    expect(made.functions.state.get(target.lambdaName)?.settings.memoryMb).toBe(128)
  })

  test('that fail end the release before any traffic, and the next release tries again', async () => {
    made.functions.failWith = 'The KMS key is disabled.'
    expect(await failureOf(release())).toMatchObject({
      code: 'UPDATE_FAILED',
      message: 'Lambda could not start shop-checkout-prod: The KMS key is disabled.',
    })
    expect(made.changes()).toEqual(['functions.updateCode'])
    made.functions.failWith = undefined
    expect(await release()).toMatchObject({ outcome: 'released', version: '2' })
  })
})

describe('the interrupt before any traffic', () => {
  test('while it is packaged leaves everything as it is', async () => {
    const work = release()
    made.interrupt()
    expect(await failureOf(work)).toMatchObject({
      code: 'INTERRUPTED',
      message: 'Interrupted before any traffic moved: the alias did not change.',
    })
    expect(made.changes()).toEqual([])
  })

  test('that came before it began lets nothing begin', async () => {
    made.interrupt()
    expect(await failureOf(release())).toMatchObject({ code: 'INTERRUPTED' })
    expect(made.events).toEqual([])
    expect(made.calls.made).toEqual([])
  })

  test('while it is published moves no alias', async () => {
    await deployed(made, shop)
    await shop.write('def handler(event, context):\n    return 2\n')
    made.clock.at(made.clock.now() + 500, made.interrupt)
    expect(await failureOf(release())).toMatchObject({ code: 'INTERRUPTED' })
    expect(made.aliases.updates).toEqual([])
  })
})

test('a source that can not be packaged reaches AWS with nothing', async () => {
  const broken = { ...shop.fn, source: 'nowhere' }
  expect(await failureOf(release({}, broken))).toMatchObject({ code: 'PACKAGE_INVALID' })
  expect(made.calls.made).toEqual([])
})

test('a handler that is not in its package changes nothing in AWS', async () => {
  const broken = { ...shop.fn, handler: 'other.handler' }
  expect(await failureOf(release({}, broken))).toMatchObject({ code: 'PACKAGE_INVALID' })
  expect(made.changes()).toEqual([])
})

test('a rolled back release tops nothing: the next one falls back to the same version', async () => {
  await deployed(made, shop)
  await shop.write('def handler(event, context):\n    return 2\n')
  made.alarms = {
    errors: [
      [0, 'OK'],
      [made.clock.now() - start + 20_000, 'ALARM'],
    ],
  }
  expect(await failureOf(release())).toMatchObject({ code: 'ROLLED_BACK' })
  expect(parseRecord(aliasOf(made)?.description ?? '')).toMatchObject({ held: ['1'], candidate: '2' })
  made.alarms = { errors: [[0, 'OK']] }
  await shop.write('def handler(event, context):\n    return 3\n')
  expect(await release()).toMatchObject({ outcome: 'released', version: '3', previous: '1' })
  expect(recordOf(made)?.held).toEqual(['3', '1'])
})

test('an AWS that does not answer at the start is the error', async () => {
  made.calls.faults.push(() => ({ error: awsError('UNREACHABLE') }))
  expect(await failureOf(release())).toMatchObject({ code: 'UNREACHABLE' })
})

test('a dead letter that $LATEST gets during preflight keeps the candidate from a canary', async () => {
  await deployed(made, shop)
  await shop.write('def handler(event, context):\n    return 2\n')
  const byHand = () => made.functions.updateByHand(target.lambdaName, { deadLetter: 'queue' })
  made.calls.faults.push(before('triggers.list', 1, byHand))
  expect(await failureOf(release())).toMatchObject({
    code: 'PREFLIGHT_FAILED',
    message:
      'Version 2 got no traffic, since preflight failed: two versions: Lambda splits traffic only between versions of the same deadLetter: version 1 has none, the new one queue.',
  })
  expect(made.aliases.updates).toEqual([])
})

test('an alias that was on $LATEST is switched, and has no version to go back to', async () => {
  await deployed(made, shop)
  made.aliases.byHand(target.lambdaName, { version: '$LATEST', description: '' })
  await shop.write('def handler(event, context):\n    return 2\n')
  const result = await release({ strategy: 'all-at-once', steps: [] })
  expect(result).toMatchObject({ outcome: 'released', version: '2', previous: undefined })
  expect(recordOf(made)).toMatchObject({ phase: 'done', held: ['2'] })
})

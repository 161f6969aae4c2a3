import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { functionStatus } from '../../src/workflows/incident/status.ts'
import { releaseFunction } from '../../src/workflows/release-function.ts'
import { rollBack } from '../../src/workflows/roll-back.ts'
import { aliasOf, recordOf } from './canary.ts'
import { canary, deployed, type Service, service } from './service.ts'
import { failureOf, start, target, type World, world } from './world.ts'

let shop: Service
let made: World
beforeEach(async () => {
  shop = await service()
  made = world()
  await deployed(made, shop)
  await shop.write('def handler(event, context):\n    return 2\n')
})
afterEach(() => shop[Symbol.asyncDispose]())

const release = (changed: Partial<typeof canary> = {}) =>
  releaseFunction(made.run, target, shop.fn, { ...canary, ...changed })
const warnings = () => made.events.flatMap((event) => (event.event === 'warning' ? [event.text] : []))

/** Somebody has moved `live` to version 7, and Lambda keeps the traffic on 1. */
function movedByHand(): void {
  made.aliases.byHand(target.lambdaName, { version: '7', weight: { version: '1', percent: 100 } })
}

test('weights that were left without anything to come are cleared, the traffic stays, and the release goes on', async () => {
  movedByHand()
  expect(await release()).toMatchObject({ outcome: 'released', version: '2', previous: '1' })
  expect(made.aliases.updates.map(({ version, weight }) => `${version} ${weight}`.trim())).toEqual([
    '1',
    '1 10% on 2',
    '1 50% on 2',
    '2',
    '2',
  ])
  expect(warnings()).toEqual([
    'live: Lambda left its weights, since Lambda prepares nothing on version 7; they are cleared, and all traffic stays on version 1',
  ])
  expect(made.journal[0]?.entry).toMatchObject({
    kind: 'outcome',
    strategy: 'rollback',
    version: '1',
    from: { version: '7', weight: { version: '1', percent: 100 } },
  })
})

test('weights that stay where the start failed are cleared, and the environments come along', async () => {
  made.provisioned.give('live', 2)
  made.provisioned.broken.add('7')
  movedByHand()
  expect(await release()).toMatchObject({ outcome: 'released', previous: '1' })
  expect(made.aliases.updates[0]).toMatchObject({ version: '1', weight: '' })
  expect(warnings()[0]).toContain('its provisioned concurrency failed on version 7')
  expect(made.provisioned.list()).toMatchObject([{ qualifier: '2', requested: 2 }])
})

test('weights of a move in progress are waited for: Lambda takes them away', async () => {
  made.provisioned.put('live', 2)
  movedByHand()
  expect(await release()).toMatchObject({ outcome: 'released', previous: '7' })
  expect(made.aliases.updates[0]).toMatchObject({ version: '7', weight: '10% on 2' })
  expect(made.events.find(({ event }) => event === 'warming')).toMatchObject({ version: '7', requested: 2 })
  expect(warnings()[0]).toBe(
    'waiting until Lambda has moved live and its provisioned concurrency to version 7',
  )
})

test('weights of a move that fails while it is waited for are cleared', async () => {
  made.provisioned.put('live', 2)
  made.provisioned.broken.add('7')
  movedByHand()
  expect(await release()).toMatchObject({ outcome: 'released', previous: '1' })
  expect(made.aliases.updates[0]?.after).toBeGreaterThanOrEqual(30_000)
})

test('the wait may be interrupted, with the alias as it was', async () => {
  made.provisioned.put('live', 2)
  movedByHand()
  const found = aliasOf(made)
  made.clock.at(start + 40_000, made.interrupt)
  expect(await failureOf(release())).toMatchObject({ code: 'INTERRUPTED' })
  expect(aliasOf(made)).toEqual(found)
})

describe('a dry run only says what would be done', () => {
  test.each([
    [() => undefined, /the release first clears the weight/, '1'],
    [() => made.provisioned.put('live', 2), /the release waits for that first/, '7'],
  ])('case %#', async (prepare, says, stable) => {
    prepare()
    movedByHand()
    const found = aliasOf(made)
    expect(await release({ dryRun: true })).toMatchObject({ outcome: 'planned', version: stable })
    expect(warnings()[0]).toMatch(says)
    expect(aliasOf(made)).toEqual(found)
    expect(made.changes()).toEqual([])
  })
})

test('a release in progress has its weights left alone, whatever they are', async () => {
  const description =
    'lambdactl canary theirs | baking 2/2 | candidate 7 | held 1 | since 2026-11-21T10:00:00.000Z'
  movedByHand()
  made.aliases.byHand(target.lambdaName, { description })
  expect(await failureOf(release())).toMatchObject({ code: 'CONFLICT' })
  expect(made.aliases.updates).toEqual([])
})

test('a weight of 100% beside environments that are ready may belong to somebody else: a conflict', async () => {
  made.provisioned.give('live', 2)
  made.aliases.provisioned = undefined
  movedByHand()
  expect(await failureOf(release())).toMatchObject({ code: 'CONFLICT' })
  expect(made.aliases.updates).toEqual([])
})

test('status says where the traffic goes, and why', async () => {
  movedByHand()
  const { standing, versions } = await functionStatus(made.run, target, [])
  expect(standing?.summary).toContain('but a weight of 100% sends all its traffic to version 1')
  expect(versions.find(({ version }) => version === '1')).toMatchObject({ percent: 100 })
})

describe('a rollback', () => {
  test('goes to the version that had the traffic, which needs no undo', async () => {
    movedByHand()
    expect(await rollBack(made.run, target, { to: undefined, reason: undefined })).toMatchObject({
      version: '1',
      undo: undefined,
    })
    expect(aliasOf(made)).toMatchObject({ version: '1' })
  })

  test('does not wait for environments: weights that Lambda answers with are cleared at once', async () => {
    made.provisioned.give('live', 2)
    await rollBack(made.run, target, { to: '9', reason: undefined })
    expect(made.aliases.updates.map(({ version }) => version)).toEqual(['9', '9'])
    expect(aliasOf(made)).toMatchObject({ version: '9' })
    expect(aliasOf(made)).not.toHaveProperty('weight')
    expect(recordOf(made)).toMatchObject({ strategy: 'rollback', candidate: '9' })
  })

  test('says that the version it went to lacks what the other one has', async () => {
    made.provisioned.give('1', 2)
    await rollBack(made.run, target, { to: '9', reason: undefined })
    expect(warnings().slice(-1)).toEqual([
      'version 9 starts on demand: version 1 has 2 provisioned environments, and version 9 has none. To give it as many: lambdactl concurrency provision checkout --env prod 2 --version 9',
    ])
  })
})

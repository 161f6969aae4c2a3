import { afterEach, beforeEach, expect, test } from 'vitest'
import type { FunctionState } from '../../../src/ports/functions.ts'
import { releaseFunction } from '../../../src/workflows/release-function.ts'
import { awsError, before, failing } from '../calls.ts'
import { canary, deployed, type Service, service } from '../service.ts'
import { failureOf, target, type World, world } from '../world.ts'

let shop: Service
let made: World
beforeEach(async () => {
  shop = await service()
  made = world()
  await deployed(made, shop)
  await shop.write('def handler(event, context):\n    return 2\n')
})
afterEach(() => shop[Symbol.asyncDispose]())

const release = () => releaseFunction(made.run, target, shop.fn, canary)

test('another release that was quicker is named, with who made it', async () => {
  const plan = { id: 'other2ab' }
  made.calls.faults.push(
    before('aliases.update', 1, () => {
      made.journal.push({
        releaseId: 'other2ab',
        entry: { time: 0, kind: 'plan', plan, by: 'arn:aws:iam::123456789012:user/grace' },
      })
      made.aliases.byHand(target.lambdaName, {
        version: '2',
        description:
          'lambdactl all-at-once other2ab | done 0/0 | candidate 2 | held 2 1 | since 2026-11-21T10:00:00.000Z',
      })
    }),
  )
  expect(await failureOf(release())).toMatchObject({
    code: 'CONFLICT',
    message: expect.stringContaining(
      'since release other2ab (all-at-once of version 2, done) by arn:aws:iam::123456789012:user/grace changed the alias first.',
    ) as string,
  })
})

test('somebody who moved the alias by hand is no release, and is not taken for a change of the function', async () => {
  made.calls.faults.push(
    before('aliases.update', 1, () => made.aliases.byHand(target.lambdaName, { version: '2' })),
  )
  const { message } = await failureOf(release())
  expect(message).toContain('since something else moved the alias live, which is on version 2 now.')
})

test('something else that changed the function is told with when that was', async () => {
  made.calls.faults.push(
    before('functions.updateCode', 1, () =>
      made.functions.updateByHand(target.lambdaName, { memoryMb: 128 }),
    ),
  )
  const { message } = await failureOf(release())
  expect(message).toMatch(
    /since something else changed the function, last at 2026-11-21T10:\d\d:\d\d\.\d{3}Z\. /,
  )
  expect(made.aliases.updates).toEqual([])
})

test("code that somebody else put there during the update is never published as this release's", async () => {
  let times = 0
  made.calls.faults.push(({ name }) => {
    if (name !== 'functions.get' || !made.calls.made.some((call) => call.name === 'functions.updateCode'))
      return undefined
    const found = made.functions.state.get(target.lambdaName)
    // Once this release's update is over and before it looks.
    times += 1
    if (found && times === 1)
      made.functions.state.set(target.lambdaName, { ...found, status: 'ready', codeSha256: 'theirs' })
    return undefined
  })
  expect(await failureOf(release())).toMatchObject({ code: 'CONFLICT' })
  expect(made.changes()).not.toContain('functions.publish')
})

/** Has something happen to the function once this release's settings are there, before it looks. */
function afterItsSettings(change: (found: FunctionState) => Partial<FunctionState>): void {
  let changed = false
  made.calls.faults.push(({ name }) => {
    const found = made.functions.state.get(target.lambdaName)
    const isSent = made.calls.made.some((call) => call.name === 'functions.updateSettings')
    if (name !== 'functions.get' || !found || changed || !isSent) return undefined
    changed = true
    made.functions.state.set(target.lambdaName, { ...found, ...change(found) })
    return undefined
  })
}

const releaseLarger = () => releaseFunction(made.run, target, { ...shop.fn, memoryMb: 1024 }, canary)

test('settings that somebody else put there during the update are not published either', async () => {
  afterItsSettings(({ settings }) => ({
    status: 'ready',
    settings: { ...settings, memoryMb: 128 },
    lastModified: 'later',
  }))
  expect(await failureOf(releaseLarger())).toMatchObject({ code: 'CONFLICT' })
  expect(made.changes()).not.toContain('functions.publish')
})

test('settings that Lambda gives back in other words are no conflict', async () => {
  afterItsSettings(({ settings }) => ({ settings: { ...settings, description: 'in other words' } }))
  expect(await releaseLarger()).toMatchObject({ outcome: 'released' })
})

test('where nobody can be asked, the conflict is told as it was', async () => {
  made.calls.faults.push(
    failing('functions.publish', 1, { error: awsError('CONFLICT', 'it moved') }),
    failing('aliases.get', 2, { error: awsError('UNREACHABLE') }),
  )
  expect(await failureOf(release())).toMatchObject({ code: 'CONFLICT', message: 'it moved' })
})
